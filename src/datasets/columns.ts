/**
 * The content of a data file as columns.
 *
 * A file holds field after field in the order of the catalogue, each with the values of all samples, the training part
 * first: a byte a value where no value is above 255, else all low bytes, then all high ones (which deflates better than
 * pairs). A text that others continue has one value more at its end. The vocabularies that the catalogue does not list
 * come last, an entry a line, as UTF-8. Fields that are made of others are not in the file.
 */
import { DatasetError } from './errors';
import { START } from './text/marks';
import type { Column, DatasetInfo, FieldSpec } from './types';

export const sampleCount = (info: DatasetInfo): number => info.samples.train + info.samples.test;

/** The number of values one sample has in a field. */
const valuesOf = (spec: FieldSpec): number => spec.shape.reduce((product, size) => product * size, 1);

/** How many different values there may be. */
const rangeOf = (spec: FieldSpec): number => spec.classes?.length ?? spec.vocabulary?.size ?? 256;

export const bytesOf = (spec: FieldSpec): 1 | 2 => (rangeOf(spec) > 256 ? 2 : 1);

/** The fields that are in the file, with how many values each has there. */
export function storedFields(info: DatasetInfo): { name: string; spec: FieldSpec; count: number }[] {
  const all = Object.entries(info.fields);
  const continued = new Set(all.flatMap(([, { made }]) => (made?.by === 'next' ? [made.of] : [])));
  return all.flatMap(([name, spec]) =>
    spec.made ? [] : [{ name, spec, count: sampleCount(info) * valuesOf(spec) + (continued.has(name) ? 1 : 0) }],
  );
}

/** The fields whose vocabulary comes with the data. */
export const listedInFile = (info: DatasetInfo): string[] =>
  Object.keys(info.fields).filter((name) => {
    const { vocabulary, made } = info.fields[name] ?? {};
    return vocabulary !== undefined && vocabulary.entries === undefined && made === undefined;
  });

/** The size of the fields in bytes, without vocabularies. */
export const fieldBytes = (info: DatasetInfo): number =>
  storedFields(info).reduce((total, { spec, count }) => total + count * bytesOf(spec), 0);

/**
 * Cuts the content into the fields; values of one byte are not copied.
 * @throws DatasetError where a value or a vocabulary is not what the catalogue says
 */
export function columnsOf(info: DatasetInfo, content: Uint8Array): Record<string, Column> {
  const stored = new Map<string, Uint8Array | Uint16Array>();
  let start = 0;
  for (const { name, spec, count } of storedFields(info)) {
    const bytes = content.subarray(start, start + count * bytesOf(spec));
    const values = bytesOf(spec) === 1 ? bytes : joined(bytes.subarray(0, count), bytes.subarray(count));
    check(info, spec, values);
    stored.set(name, values);
    start += bytes.length;
  }
  const lists = vocabularies(info, content.subarray(start));

  const columns: Record<string, Column> = {};
  for (const [name, spec] of Object.entries(info.fields)) {
    const from = stored.get(spec.made?.of ?? name);
    if (!from) throw new Error(`${info.title}: “${name}” is made of a field that there is not.`);
    const length = sampleCount(info) * valuesOf(spec);
    const entries = spec.vocabulary?.entries ?? lists.get(name);
    const data =
      spec.made?.by === 'before' ? before(from, spec, entries ?? []) : from.subarray(...partOf(spec, length));
    columns[name] = {
      spec,
      data,
      scale: spec.kind === 'image' ? 1 / brightest(data) : 1,
      ...(spec.kind === 'tokens' && entries && { entries }),
    };
  }
  return columns;
}

const partOf = ({ made }: FieldSpec, length: number): [number, number] =>
  made?.by === 'next' ? [1, length + 1] : [0, length];

const joined = (low: Uint8Array, high: Uint8Array): Uint16Array =>
  Uint16Array.from(low, (byte, at) => byte | ((high[at] ?? 0) << 8));

/** What stands before each step of a sample; what would stand before padding is padding. */
function before(
  values: Uint8Array | Uint16Array,
  spec: FieldSpec,
  entries: readonly string[],
): Uint8Array | Uint16Array {
  const steps = valuesOf(spec);
  const first = entries.indexOf(START);
  return values.map((value, at) => (at % steps === 0 ? first : value === 0 ? 0 : (values[at - 1] ?? 0)));
}

function check(info: DatasetInfo, spec: FieldSpec, values: Uint8Array | Uint16Array): void {
  if (spec.kind !== 'class' && spec.kind !== 'tokens') return;
  const range = rangeOf(spec);
  const wrong = values.find((value) => value >= range);
  if (wrong === undefined) return;
  const fault =
    spec.kind === 'class'
      ? `a label ${wrong}, but only ${range} classes`
      : `an entry ${wrong}, but only ${range} in its vocabulary`;
  throw new DatasetError('damaged', `The file of ${info.title} has ${fault}.`);
}

/** The lists behind the fields, by field. */
function vocabularies(info: DatasetInfo, bytes: Uint8Array): Map<string, readonly string[]> {
  const names = listedInFile(info);
  const lines = bytes.length === 0 ? [] : new TextDecoder().decode(bytes).split('\n');
  const lists = new Map<string, readonly string[]>();
  let start = 0;
  for (const name of names) {
    const size = info.fields[name]?.vocabulary?.size ?? 0;
    lists.set(name, lines.slice(start, start + size));
    start += size;
  }
  if (lines.length !== start || [...lists.values()].some((list) => new Set(list).size !== list.length)) {
    throw new DatasetError(
      'damaged',
      `The file of ${info.title} lists ${lines.length} words, or some of them twice; ${start} are expected.`,
    );
  }
  return lists;
}

/** Pictures are stored in the levels of their source (0..16 or 0..255); the brightest one becomes 1. */
const brightest = (pixels: Column['data']): number => {
  let most = 1;
  for (const level of pixels) if (level > most) most = level;
  return most;
};
