/** Everything tfjs lacks or gets wrong that this product needs, supplied once, before a backend is set. */
import { registerAbsoluteGradient } from './gradients/absolute';
import { registerAveragePoolingGradient } from './gradients/averagePooling';
import { registerFlatGradients } from './gradients/comparisons';
import { registerExtremeGradients } from './gradients/extremes';
import { registerMirrorPadGradient } from './gradients/mirrorPad';
import { registerBroadcasts } from './kernels/broadcasts';
import { registerCasts } from './kernels/casts';
import { correctSamePadding, registerConvolutionGradients } from './kernels/convolution';
import { registerDepthwiseGradients } from './kernels/depthwise';
import { registerManyAxes } from './kernels/manyAxes';
import { registerMatMul } from './kernels/matmul';
import { registerMaxPoolGradient } from './kernels/pooling';
import { registerSums } from './kernels/sums';
import { registerVolumes } from './kernels/volumes';
import { registerLayers } from './layers/register';
import { carryMasks } from './masks';

let done = false;

export function correctTfjs(): void {
  if (done) return;
  done = true;
  registerManyAxes();
  registerMatMul();
  correctSamePadding();
  registerConvolutionGradients();
  registerDepthwiseGradients();
  registerMaxPoolGradient();
  registerSums();
  registerVolumes();
  registerCasts();
  registerBroadcasts();
  registerFlatGradients();
  registerAbsoluteGradient();
  registerExtremeGradients();
  registerAveragePoolingGradient();
  registerMirrorPadGradient();
  registerLayers();
  carryMasks();
}
