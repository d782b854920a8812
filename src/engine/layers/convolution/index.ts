/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { Conv2D } from './conv2d';

export const convolutionClasses: readonly LayerClass[] = [Conv2D];
