/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { Dropout } from './dropout';

export const regularizationClasses: readonly LayerClass[] = [Dropout];
