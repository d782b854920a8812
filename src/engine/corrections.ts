/** Everything tfjs lacks or gets wrong that this product needs, supplied once, before a backend is used. */
import { registerFormulas } from './formula/compute';
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
import { registerFilterGradients } from './graphics/filterGradient';
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

const done = new Set<string>();

const once = (what: string, work: () => void): void => {
  if (done.has(what)) return;
  done.add(what);
  work();
};

/** What holds for all backends, and for WebAssembly. */
export function correctTfjs(): void {
  once('all', () => {
    registerManyAxes();
    registerMatMul();
    registerConvolutions();
    registerDepthwise();
    registerPooling();
    registerSoftmax();
    registerIdentity();
    registerSums();
    registerFlatGradients();
    registerAbsoluteGradient();
    registerExtremeGradients();
    registerAveragePoolingGradient();
    registerMirrorPadGradient();
    registerFormulas();
    registerCurves();
    registerDense();
    registerPlane();
    registerFusedDepthwise();
    registerDrop();
    registerLayers();
    carryMasks();
  });
}

/** What holds for one backend, once it is loaded. */
export function correctBackend(name: string): void {
  once(name, () => {
    registerVolumes(name);
    registerCasts(name);
    registerBroadcasts(name);
    registerFilterGradients(name);
  });
}
