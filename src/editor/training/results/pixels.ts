import type { ProbeSample } from '@/training/protocol';

const made = new WeakMap<object, Uint8ClampedArray<ArrayBuffer>>();

/** Grey or colour pixels as a canvas takes them; made once for each picture. */
export function toRgba(image: NonNullable<ProbeSample['image']>): Uint8ClampedArray<ArrayBuffer> {
  const known = made.get(image);
  if (known) return known;
  const { width, height, channels, pixels } = image;
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      rgba[pixel * 4 + channel] = pixels[pixel * channels + (channels < 3 ? 0 : channel)] ?? 0;
    }
    rgba[pixel * 4 + 3] = 255;
  }
  made.set(image, rgba);
  return rgba;
}
