/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { dropout } from './dropout';

export const regularizationLayers: readonly LayerDeclaration[] = [dropout];
