/** Samples of a text field, for people to read. */
import type { Column, Dataset } from '../types';

/** The part of a column that is one sample's. */
export function valuesOfSample({ spec, data }: Column, sample: number): Column['data'] {
  const size = spec.shape.reduce((product, length) => product * length, 1);
  return data.subarray(sample * size, (sample + 1) * size);
}

/** The entries that a sample's text consists of, without the padding behind it. */
export function sampleEntries(dataset: Dataset, sample: number, field: string): string[] {
  const column = dataset.columns[field];
  if (!column?.entries) throw new Error(`${dataset.info.title} has no text “${field}”.`);
  const { entries } = column;
  return Array.from(withoutPadding(valuesOfSample(column, sample)), (index) => entries[index] ?? '');
}

/** The classes of a sample, step by step, without the padding behind them. */
export function sampleClasses(dataset: Dataset, sample: number, field: string): number[] {
  const column = dataset.columns[field];
  if (column?.spec.kind !== 'class') throw new Error(`${dataset.info.title} has no classes “${field}”.`);
  return [...withoutPadding(valuesOfSample(column, sample))];
}

function withoutPadding(values: Column['data']): Column['data'] {
  let end = values.length;
  while (end > 0 && values[end - 1] === 0) end -= 1;
  return values.subarray(0, end);
}
