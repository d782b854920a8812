/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { averagePooling2d } from './averagePooling2d';
import { globalAveragePooling2d } from './globalAveragePooling2d';
import { maxPooling2d } from './maxPooling2d';

export const poolingLayers: readonly LayerDeclaration[] = [maxPooling2d, averagePooling2d, globalAveragePooling2d];
