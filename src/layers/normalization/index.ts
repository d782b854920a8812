/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { batchNormalization } from './batchNormalization';

export const normalizationLayers: readonly LayerDeclaration[] = [batchNormalization];
