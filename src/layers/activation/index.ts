/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { activationLayer } from './activation';
import { prelu } from './prelu';
import { threshold } from './threshold';

export const activationLayers: readonly LayerDeclaration[] = [activationLayer, prelu, threshold];
