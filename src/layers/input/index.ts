/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { input } from './input';

export const inputLayers: readonly LayerDeclaration[] = [input];
