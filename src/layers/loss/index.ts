/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { crossEntropy } from './crossEntropy';
import { meanSquaredError } from './meanSquaredError';

export const lossLayers: readonly LayerDeclaration[] = [crossEntropy, meanSquaredError];
