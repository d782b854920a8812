/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { dense } from './dense';

export const coreLayers: readonly LayerDeclaration[] = [dense];
