/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { BatchNormalization } from './batchNormalization';

export const normalizationClasses: readonly LayerClass[] = [BatchNormalization];
