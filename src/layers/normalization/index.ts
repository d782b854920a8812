/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { batchNormalization } from './batchNormalization';
import { groupNormalization, instanceNormalization } from './groupNormalization';
import { layerNormalization, rmsNormalization } from './layerNormalization';
import { layerScale } from './layerScale';
import { localResponseNormalization } from './localResponseNormalization';
import { spectralNormalization } from './spectralNormalization';
import { unitNormalization } from './unitNormalization';
import { weightNormalization } from './weightNormalization';

export const normalizationLayers: readonly LayerDeclaration[] = [
  batchNormalization,
  layerNormalization,
  groupNormalization,
  instanceNormalization,
  rmsNormalization,
  unitNormalization,
  localResponseNormalization,
  spectralNormalization,
  weightNormalization,
  layerScale,
];
