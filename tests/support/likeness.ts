import { type Column, type Dataset, datasetInfo, type FieldSpec } from '@/datasets';
import { noise } from './networks';

function column(spec: FieldSpec, samples: number): Column {
  const size = samples * spec.shape.reduce((a, b) => a * b, 1);
  const { vocabulary } = spec;
  const range = vocabulary?.size ?? spec.classes?.length ?? 2;
  const data =
    spec.dtype === 'int32' ? Int32Array.from({ length: size }, (_, at) => at % range) : noise(size, 1).map(Math.abs);
  if (!vocabulary) return { spec, data, scale: 1 };
  const entries = vocabulary.entries ?? Array.from({ length: vocabulary.size }, (_, entry) => `entry ${entry}`);
  return { spec, data, scale: 1, entries };
}

/** A few samples of noise with the fields of a real data set. */
export function likeness(id: string, train: number, test: number): Dataset {
  const info = datasetInfo(id);
  if (!info) throw new Error(`no data set ${id}`);
  const size = train + test;
  return {
    info: { ...info, samples: { train, test } },
    size,
    columns: Object.fromEntries(Object.entries(info.fields).map(([name, spec]) => [name, column(spec, size)])),
  };
}
