/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { add } from './add';
import { concatenate } from './concatenate';

export const mergeLayers: readonly LayerDeclaration[] = [add, concatenate];
