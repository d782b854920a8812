/**
 * What the engine computes with in WebAssembly, beside tfjs's own: loops over its memory, four numbers at a time.
 * AssemblyScript; `npm run native` makes src/engine/native/binary.ts of it. Most of these do the units from…to of a
 * work, in any order and beside each other, and find room for themselves at their last argument.
 */

export { columnProducts, columnSums } from './columns';
export { convolve, layFilter } from './convolution';
export { depthwise, depthwiseFilterGradient } from './depthwise';
export { curves, drop, gelu, geluBack, slopes } from './elements';
export { filterGradient } from './filters';
export { mixColumns, scaleColumns, standardiseRows, standardiseRowsBack } from './normalisation';
export { averagePoolBack, maxPoolBack, pool } from './pooling';
export { multiply } from './products';
export { layRecurrent, readBackward, readForward } from './sequences';
export { softmax, softmaxBack } from './softmax';
export { adam } from './updates';
