/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { Concatenate } from './concatenate';
import { Dot } from './dot';
import { Add, Average, CustomScaleLayer, Maximum, Minimum, Multiply, Subtract } from './elementwise';

export const mergeClasses: readonly LayerClass[] = [
  Add,
  Average,
  Concatenate,
  CustomScaleLayer,
  Dot,
  Maximum,
  Minimum,
  Multiply,
  Subtract,
];
