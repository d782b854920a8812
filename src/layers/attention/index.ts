/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';

export const attentionLayers: readonly LayerDeclaration[] = [];
