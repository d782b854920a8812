/** Pooling over windows of images [N, H, W, C], and its gradients. A unit is an image. */
import { add, all, bytes, get, larger, mul, put } from './vectors';

/** Written by src/engine/native/pooling.ts, in this order. */
@unmanaged
class Pool {
  height: i32;
  width: i32;
  channels: i32;
  outHeight: i32;
  outWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  top: i32;
  left: i32;
  poolHeight: i32;
  poolWidth: i32;
}

/** y: the largest, or the mean (of what lies within the image), of each window. */
export function pool(plan: usize, x: usize, y: usize, largest: bool, from: i32, to: i32, _room: usize): void {
  const p = changetype<Pool>(plan);
  const row = bytes(p.width * p.channels);
  for (let image = from; image < to; image++) {
    const source = x + <usize>(image * p.height) * row;
    let result = y + bytes(image * p.outHeight * p.outWidth * p.channels);
    for (let i = 0; i < p.outHeight; i++) {
      const top = max(0, i * p.strideHeight - p.top);
      const bottom = min(p.height, i * p.strideHeight - p.top + p.poolHeight);
      for (let j = 0; j < p.outWidth; j++) {
        const left = max(0, j * p.strideWidth - p.left);
        const right = min(p.width, j * p.strideWidth - p.left + p.poolWidth);
        const first = source + <usize>top * row + bytes(left * p.channels);
        const share = all(<f32>1 / <f32>((bottom - top) * (right - left)));
        for (let c = 0; c < p.channels; ) {
          const whole = c + 4 <= p.channels;
          const at = bytes(c);
          let found = largest ? get(first + at, whole) : all(0);
          for (let u = top; u < bottom; u++) {
            let place = source + <usize>u * row + bytes(left * p.channels) + at;
            for (let v = left; v < right; v++) {
              const value = get(place, whole);
              found = largest ? larger(found, value) : add(found, value);
              place += bytes(p.channels);
            }
          }
          put(result + at, largest ? found : mul(found, share), whole);
          c += whole ? 4 : 1;
        }
        result += bytes(p.channels);
      }
    }
  }
}

/** Gives each window's gradient to its largest value, among equals to the first. @param y what `pool` found */
export function maxPoolBack(
  plan: usize,
  x: usize,
  y: usize,
  dy: usize,
  dx: usize,
  from: i32,
  to: i32,
  _room: usize,
): void {
  const p = changetype<Pool>(plan);
  const row = bytes(p.width * p.channels);
  const size = <usize>p.height * row;
  for (let image = from; image < to; image++) {
    const source = x + <usize>image * size;
    const target = dx + <usize>image * size;
    memory.fill(target, 0, size);
    let result = bytes(image * p.outHeight * p.outWidth * p.channels);
    for (let i = 0; i < p.outHeight; i++) {
      const top = max(0, i * p.strideHeight - p.top);
      const bottom = min(p.height, i * p.strideHeight - p.top + p.poolHeight);
      for (let j = 0; j < p.outWidth; j++) {
        const left = max(0, j * p.strideWidth - p.left);
        const right = min(p.width, j * p.strideWidth - p.left + p.poolWidth);
        for (let c = 0; c < p.channels; ) {
          const whole = c + 4 <= p.channels;
          const at = bytes(c);
          const found = get(y + result + at, whole);
          const slope = get(dy + result + at, whole);
          let open = i32x4.splat(-1);
          for (let u = top; u < bottom; u++) {
            let place = <usize>u * row + bytes(left * p.channels) + at;
            for (let v = left; v < right; v++) {
              const here = v128.and(open, f32x4.eq(get(source + place, whole), found));
              put(target + place, add(get(target + place, whole), v128.and(here, slope)), whole);
              open = v128.andnot(open, here);
              place += bytes(p.channels);
            }
          }
          c += whole ? 4 : 1;
        }
        result += bytes(p.channels);
      }
    }
  }
}

/** Shares each window's gradient out, to each of its places alike, be they within the image or beyond. */
export function averagePoolBack(plan: usize, dy: usize, dx: usize, from: i32, to: i32, _room: usize): void {
  const p = changetype<Pool>(plan);
  const row = bytes(p.width * p.channels);
  const size = <usize>p.height * row;
  const share = all(<f32>1 / <f32>(p.poolHeight * p.poolWidth));
  for (let image = from; image < to; image++) {
    const target = dx + <usize>image * size;
    memory.fill(target, 0, size);
    let result = dy + bytes(image * p.outHeight * p.outWidth * p.channels);
    for (let i = 0; i < p.outHeight; i++) {
      const top = max(0, i * p.strideHeight - p.top);
      const bottom = min(p.height, i * p.strideHeight - p.top + p.poolHeight);
      for (let j = 0; j < p.outWidth; j++) {
        const left = max(0, j * p.strideWidth - p.left);
        const right = min(p.width, j * p.strideWidth - p.left + p.poolWidth);
        for (let c = 0; c < p.channels; ) {
          const whole = c + 4 <= p.channels;
          const at = bytes(c);
          const slope = mul(get(result + at, whole), share);
          for (let u = top; u < bottom; u++) {
            let place = target + <usize>u * row + bytes(left * p.channels) + at;
            for (let v = left; v < right; v++) {
              put(place, add(get(place, whole), slope), whole);
              place += bytes(p.channels);
            }
          }
          c += whole ? 4 : 1;
        }
        result += bytes(p.channels);
      }
    }
  }
}
