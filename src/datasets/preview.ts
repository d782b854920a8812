/** What panels show of a data set: pictures of samples, names and counts of classes. */
import { valuesOfSample } from './text/sample';
import type { Column, Dataset } from './types';

/** A picture as a canvas takes it: `new ImageData(rgba, width, height)`. */
export interface Pixels {
  width: number;
  height: number;
  /** Four bytes a pixel, row by row. */
  rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** One sample's picture, from a field of kind `image` with one channel (grey) or three (colour). */
export function samplePixels(dataset: Dataset, sample: number, field = 'image'): Pixels {
  const column = columnOf(dataset, field, 'image');
  const [height = 0, width = 0, channels = 1] = column.spec.shape;
  const start = sample * height * width * channels;
  const level = (pixel: number, channel: number): number =>
    (column.data[start + pixel * channels + (channels === 1 ? 0 : channel)] as number) * column.scale * 255;

  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) rgba[pixel * 4 + channel] = level(pixel, channel);
    rgba[pixel * 4 + 3] = 255;
  }
  return { width, height, rgba };
}

/** The class of a sample, as a number and by name. */
export function sampleClass(dataset: Dataset, sample: number, field = 'label'): { index: number; name: string } {
  const column = columnOf(dataset, field, 'class');
  const index = column.data[sample] as number;
  return { index, name: column.spec.classes?.[index] ?? String(index) };
}

/** How often each class occurs, among all samples or only those given; where each step has one, over all steps. */
export function classCounts(dataset: Dataset, samples?: Iterable<number>, field = 'label'): number[] {
  const column = columnOf(dataset, field, 'class');
  const counts = new Array<number>(column.spec.classes?.length ?? 0).fill(0);
  const count = (label: number | undefined): void => {
    if (label !== undefined) counts[label] = (counts[label] ?? 0) + 1;
  };
  if (samples === undefined) column.data.forEach(count);
  else for (const sample of samples) valuesOfSample(column, sample).forEach(count);
  return counts;
}

function columnOf(dataset: Dataset, field: string, kind: Column['spec']['kind']): Column {
  const column = dataset.columns[field];
  if (column?.spec.kind !== kind) throw new Error(`${dataset.info.title} has no field “${field}” of kind ${kind}.`);
  return column;
}
