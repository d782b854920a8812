/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { activationLayer } from './activation';

export const activationLayers: readonly LayerDeclaration[] = [activationLayer];
