/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { MatrixProduct } from './matrixProduct';
import { Mean, Norm, Sum } from './reductions';
import { Sampling } from './sampling';
import { Softmax } from './softmax';
import { AbsoluteDifference, Clip, GradientReversal, Power, Scale, SquaredDifference, StopGradient } from './values';

export const mathsClasses: readonly LayerClass[] = [
  AbsoluteDifference,
  Clip,
  GradientReversal,
  MatrixProduct,
  Mean,
  Norm,
  Power,
  Sampling,
  Scale,
  Softmax,
  SquaredDifference,
  StopGradient,
  Sum,
];
