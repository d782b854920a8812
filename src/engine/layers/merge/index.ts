/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { Dot } from './dot';
import { Add, Average, Maximum, Minimum, Multiply, Subtract } from './elementwise';

export const mergeClasses: readonly LayerClass[] = [Add, Average, Dot, Maximum, Minimum, Multiply, Subtract];
