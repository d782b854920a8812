/** Everything tfjs lacks or gets wrong that this product needs, supplied once, before a backend is set. */
import { registerCurves } from './fused/curves';
import { registerDense } from './fused/dense';
import { registerFusedDepthwise } from './fused/depthwise';
import { registerDrop } from './fused/drop';
import { registerPlane } from './fused/plane';
import { registerAbsoluteGradient } from './gradients/absolute';
import { registerAveragePoolingGradient } from './gradients/averagePooling';
import { registerFlatGradients } from './gradients/comparisons';
import { registerExtremeGradients } from './gradients/extremes';
import { registerMirrorPadGradient } from './gradients/mirrorPad';
import { registerBroadcasts } from './kernels/broadcasts';
import { registerCasts } from './kernels/casts';
import { registerConvolutions } from './kernels/convolution';
import { registerDepthwise } from './kernels/depthwise';
import { registerIdentity } from './kernels/identity';
import { registerManyAxes } from './kernels/manyAxes';
import { registerMatMul } from './kernels/matmul';
import { registerPooling } from './kernels/pooling';
import { registerSoftmax } from './kernels/softmax';
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
  registerConvolutions();
  registerDepthwise();
  registerPooling();
  registerSoftmax();
  registerIdentity();
  registerSums();
  registerVolumes();
  registerCasts();
  registerBroadcasts();
  registerFlatGradients();
  registerAbsoluteGradient();
  registerExtremeGradients();
  registerAveragePoolingGradient();
  registerMirrorPadGradient();
  registerCurves();
  registerDense();
  registerPlane();
  registerFusedDepthwise();
  registerDrop();
  registerLayers();
  carryMasks();
}
