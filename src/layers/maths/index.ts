/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';

export const mathsLayers: readonly LayerDeclaration[] = [];
