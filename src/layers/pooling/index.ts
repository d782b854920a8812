/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { adaptiveAveragePooling1d } from './adaptiveAveragePooling1d';
import { adaptiveAveragePooling2d } from './adaptiveAveragePooling2d';
import { adaptiveAveragePooling3d } from './adaptiveAveragePooling3d';
import { adaptiveMaxPooling1d } from './adaptiveMaxPooling1d';
import { adaptiveMaxPooling2d } from './adaptiveMaxPooling2d';
import { adaptiveMaxPooling3d } from './adaptiveMaxPooling3d';
import { averagePooling1d } from './averagePooling1d';
import { averagePooling2d } from './averagePooling2d';
import { averagePooling3d } from './averagePooling3d';
import { globalAveragePooling1d } from './globalAveragePooling1d';
import { globalAveragePooling2d } from './globalAveragePooling2d';
import { globalAveragePooling3d } from './globalAveragePooling3d';
import { globalMaxPooling1d } from './globalMaxPooling1d';
import { globalMaxPooling2d } from './globalMaxPooling2d';
import { globalMaxPooling3d } from './globalMaxPooling3d';
import { l2NormPooling1d } from './l2NormPooling1d';
import { l2NormPooling2d } from './l2NormPooling2d';
import { l2NormPooling3d } from './l2NormPooling3d';
import { maxPooling1d } from './maxPooling1d';
import { maxPooling2d } from './maxPooling2d';
import { maxPooling3d } from './maxPooling3d';
import { minPooling1d } from './minPooling1d';
import { minPooling2d } from './minPooling2d';
import { minPooling3d } from './minPooling3d';
import { spatialPyramidPooling2d } from './spatialPyramidPooling2d';

export const poolingLayers: readonly LayerDeclaration[] = [
  maxPooling2d,
  averagePooling2d,
  globalMaxPooling2d,
  globalAveragePooling2d,
  maxPooling1d,
  maxPooling3d,
  averagePooling1d,
  averagePooling3d,
  globalMaxPooling1d,
  globalMaxPooling3d,
  globalAveragePooling1d,
  globalAveragePooling3d,
  adaptiveAveragePooling1d,
  adaptiveAveragePooling2d,
  adaptiveAveragePooling3d,
  adaptiveMaxPooling1d,
  adaptiveMaxPooling2d,
  adaptiveMaxPooling3d,
  minPooling1d,
  minPooling2d,
  minPooling3d,
  l2NormPooling1d,
  l2NormPooling2d,
  l2NormPooling3d,
  spatialPyramidPooling2d,
];
