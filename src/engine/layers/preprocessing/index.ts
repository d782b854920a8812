/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { augmentingClasses } from './augment';
import { valueClasses } from './values';

export const preprocessingClasses: readonly LayerClass[] = [...valueClasses, ...augmentingClasses];
