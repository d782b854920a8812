/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { dense } from './dense';
import { identity } from './identity';

export const coreLayers: readonly LayerDeclaration[] = [dense, identity];
