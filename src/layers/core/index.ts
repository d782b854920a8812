/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { dense } from './dense';
import { einsumDense } from './einsumDense';
import { embedding } from './embedding';
import { embeddingProjection } from './embeddingProjection';
import { identity } from './identity';
import { placeholder } from './placeholder';

export const coreLayers: readonly LayerDeclaration[] = [
  dense,
  embedding,
  embeddingProjection,
  einsumDense,
  identity,
  placeholder,
];
