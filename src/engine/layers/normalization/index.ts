/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { BatchNormalization } from './batchNormalization';
import {
  GroupNormalization,
  LayerNormalization,
  LocalResponseNormalization,
  RMSNormalization,
  UnitNormalization,
} from './bySample';
import { LayerScale } from './layerScale';
import { SpectralNormalization, WeightNormalization } from './normalisedKernels';

export const normalizationClasses: readonly LayerClass[] = [
  BatchNormalization,
  GroupNormalization,
  LayerNormalization,
  LayerScale,
  LocalResponseNormalization,
  RMSNormalization,
  SpectralNormalization,
  UnitNormalization,
  WeightNormalization,
];
