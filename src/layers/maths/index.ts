/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { absoluteDifference } from './absoluteDifference';
import { clip } from './clip';
import { gradientReversal } from './gradientReversal';
import { matrixProduct } from './matrixProduct';
import { mean } from './mean';
import { norm } from './norm';
import { power } from './power';
import { sampling } from './sampling';
import { scale } from './scale';
import { squaredDifference } from './squaredDifference';
import { stopGradient } from './stopGradient';
import { sum } from './sum';

export const mathsLayers: readonly LayerDeclaration[] = [
  scale,
  clip,
  power,
  mean,
  sum,
  norm,
  matrixProduct,
  absoluteDifference,
  squaredDifference,
  sampling,
  stopGradient,
  gradientReversal,
];
