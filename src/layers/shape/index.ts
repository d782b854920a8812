/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { flatten } from './flatten';
import { reshape } from './reshape';

export const shapeLayers: readonly LayerDeclaration[] = [flatten, reshape];
