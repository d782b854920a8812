/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { ActivityRegularization } from './activityRegularization';
import {
  AlphaDropout,
  Dropout,
  GaussianDropout,
  GaussianNoise,
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
} from './dropout';

export const regularizationClasses: readonly LayerClass[] = [
  ActivityRegularization,
  AlphaDropout,
  Dropout,
  GaussianDropout,
  GaussianNoise,
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
];
