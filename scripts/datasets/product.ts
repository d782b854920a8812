/** A data set as it is written. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zlibSync } from 'fflate';
import { datasetInfo } from '@/datasets';
import { bytesOf, storedFields } from '@/datasets/columns';
import { dataFile } from '@/datasets/files';
import { ROOT } from './packages';

const OUTPUT = join(ROOT, 'public/data');

export interface Product {
  id: string;
  /** Of each field in the file, the values of all samples, the training part first. */
  fields: Readonly<Record<string, ArrayLike<number>>>;
  /** The vocabularies that the catalogue does not list, in the order of their fields. */
  lists?: readonly (readonly string[])[];
  samples: { train: number; test: number };
  licence: string;
}

export function concatenated(arrays: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(arrays.reduce((total, array) => total + array.length, 0));
  let place = 0;
  for (const array of arrays) {
    whole.set(array, place);
    place += array.length;
  }
  return whole;
}

/** Values as they lie in the file: all low bytes, then all high ones where one does not do. */
function packed(values: ArrayLike<number>, bytes: 1 | 2): Uint8Array {
  const low = Uint8Array.from(values, (value) => value & 0xff);
  return bytes === 1 ? low : concatenated([low, Uint8Array.from(values, (value) => value >> 8)]);
}

/** Writes data and licence, and says so where the catalogue expects something else. */
export function write({ id, fields, lists = [], samples, licence }: Product): void {
  const info = datasetInfo(id);
  if (info === undefined) throw new Error(`The catalogue has no data set ${id}`);
  if (samples.train !== info.samples.train || samples.test !== info.samples.test) {
    throw new Error(`${id}: the catalogue expects other counts than ${samples.train} + ${samples.test}`);
  }
  const parts = storedFields(info).map(({ name, spec, count }) => {
    const values = fields[name];
    if (values?.length !== count) throw new Error(`${id}: “${name}” has ${values?.length} values, not ${count}`);
    return packed(values, bytesOf(spec));
  });
  const listed = lists.length > 0 ? [new TextEncoder().encode(lists.flat().join('\n'))] : [];
  const compressed = zlibSync(concatenated([...parts, ...listed]), { level: 9, mem: 12 });
  mkdirSync(join(OUTPUT, id), { recursive: true });
  writeFileSync(join(OUTPUT, dataFile(info)), compressed);
  writeFileSync(join(OUTPUT, id, 'LICENCE.txt'), `${licence.trimEnd()}\n`);

  console.log(`${id}: ${samples.train} + ${samples.test} samples, ${compressed.length} bytes`);
  if (compressed.length !== info.bytes) {
    console.error(`  src/datasets/catalogue says ${info.bytes} bytes: write ${compressed.length} there`);
    process.exitCode = 1;
  }
}
