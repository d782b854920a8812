/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { cropping1d } from './cropping1d';
import { cropping2d } from './cropping2d';
import { cropping3d } from './cropping3d';
import { flatten } from './flatten';
import { permute } from './permute';
import { pixelShuffle2d } from './pixelShuffle2d';
import { repeatVector } from './repeatVector';
import { reshape } from './reshape';
import { resizing } from './resizing';
import { slice } from './slice';
import { split } from './split';
import { upSampling1d } from './upSampling1d';
import { upSampling2d } from './upSampling2d';
import { upSampling3d } from './upSampling3d';
import { zeroPadding1d } from './zeroPadding1d';
import { zeroPadding2d } from './zeroPadding2d';
import { zeroPadding3d } from './zeroPadding3d';

export const shapeLayers: readonly LayerDeclaration[] = [
  flatten,
  reshape,
  permute,
  repeatVector,
  zeroPadding1d,
  zeroPadding2d,
  zeroPadding3d,
  cropping1d,
  cropping2d,
  cropping3d,
  upSampling1d,
  upSampling2d,
  upSampling3d,
  resizing,
  pixelShuffle2d,
  slice,
  split,
];
