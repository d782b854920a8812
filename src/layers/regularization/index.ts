/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { activityRegularization } from './activityRegularization';
import { dropout } from './dropout';
import { alphaDropout, gaussianDropout, gaussianNoise } from './noise';
import { spatialDropout1d, spatialDropout2d, spatialDropout3d } from './spatialDropout';

export const regularizationLayers: readonly LayerDeclaration[] = [
  dropout,
  spatialDropout1d,
  spatialDropout2d,
  spatialDropout3d,
  gaussianNoise,
  gaussianDropout,
  alphaDropout,
  activityRegularization,
];
