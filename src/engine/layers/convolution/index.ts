/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { Conv1D, Conv2D, Conv3D } from './conv';
import { Conv1DTranspose, Conv2DTranspose, Conv3DTranspose } from './convTranspose';
import { DepthwiseConv1D, DepthwiseConv2D } from './depthwiseConv';
import { SeparableConv1D, SeparableConv2D } from './separableConv';

export const convolutionClasses: readonly LayerClass[] = [
  Conv1D,
  Conv2D,
  Conv3D,
  Conv1DTranspose,
  Conv2DTranspose,
  Conv3DTranspose,
  DepthwiseConv1D,
  DepthwiseConv2D,
  SeparableConv1D,
  SeparableConv2D,
];
