/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { conv1d } from './conv1d';
import { conv1dTranspose } from './conv1dTranspose';
import { conv2d } from './conv2d';
import { conv2dTranspose } from './conv2dTranspose';
import { conv3d } from './conv3d';
import { conv3dTranspose } from './conv3dTranspose';
import { depthwiseConv1d } from './depthwiseConv1d';
import { depthwiseConv2d } from './depthwiseConv2d';
import { separableConv1d } from './separableConv1d';
import { separableConv2d } from './separableConv2d';

export const convolutionLayers: readonly LayerDeclaration[] = [
  conv1d,
  conv2d,
  conv3d,
  conv1dTranspose,
  conv2dTranspose,
  conv3dTranspose,
  depthwiseConv1d,
  depthwiseConv2d,
  separableConv1d,
  separableConv2d,
];
