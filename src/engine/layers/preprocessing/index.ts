/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';

export const preprocessingClasses: readonly LayerClass[] = [];
