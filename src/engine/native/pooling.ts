/** Pooling over a plane by our own WebAssembly. */
import type { backend_util, TensorInfo } from '@tensorflow/tfjs-core';
import type { Native } from './module';

type Info = backend_util.Conv2DInfo;

/** Written as native/pooling.ts reads it. */
function lay(ours: Native, info: Info): { plan: number; cost: number } {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth, padInfo } = info;
  const numbers = [inHeight, inWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth];
  const { address: plan } = ours.room(4 * (numbers.length + 4));
  ours.note(plan, [...numbers, padInfo.top, padInfo.left, info.effectiveFilterHeight, info.effectiveFilterWidth]);
  return { plan, cost: info.batchSize * inHeight * inWidth * inChannels };
}

/** The largest of each window, or the mean of what lies within the image. */
export function pool(ours: Native, info: Info, x: TensorInfo, y: TensorInfo, kind: 'largest' | 'mean'): void {
  const { plan, cost } = lay(ours, info);
  ours.work('pool', info.batchSize, cost, [plan, ours.addressOf(x), ours.addressOf(y), Number(kind === 'largest')]);
}

/** @param y what `pool` found */
export function maxPoolBack(ours: Native, info: Info, x: TensorInfo, y: TensorInfo, dy: TensorInfo, dx: TensorInfo) {
  const { plan, cost } = lay(ours, info);
  ours.work('maxPoolBack', info.batchSize, cost, [plan, ...[x, y, dy, dx].map((one) => ours.addressOf(one))]);
}

/** Shares each window's gradient out among all its places, as tfjs's kernel does. */
export function averagePoolBack(ours: Native, info: Info, dy: TensorInfo, dx: TensorInfo): void {
  const { plan, cost } = lay(ours, info);
  ours.work('averagePoolBack', info.batchSize, cost, [plan, ours.addressOf(dy), ours.addressOf(dx)]);
}
