/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { conv2d } from './conv2d';

export const convolutionLayers: readonly LayerDeclaration[] = [conv2d];
