/**
 * A `.keras` file: a ZIP archive with the model's JSON, `config.json`, beside its weights. Those may be gigabytes, so
 * only the pieces that lead to the JSON are read.
 */
import { inflateSync, strFromU8 } from 'fflate';
import { ImportError } from './model';

/** Asks for bytes from and to (an offset after the last), and is handed them. */
type Reading = Generator<readonly [from: number, to: number], string, Uint8Array>;

const CONFIG = 'config.json';

/** A config is text of a few megabytes; more is no config. */
const LARGEST_CONFIG = 100_000_000;

/** As many entries as a model has weights; more is no model. */
const LARGEST_LIST = 20_000_000;

/** The archive's last record with the longest remark it may have. */
const TAIL = 22 + 0xffff;

const SIGNATURE = { end: 0x06054b50, entry: 0x02014b50, file: 0x04034b50 } as const;

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** @throws ImportError where the archive is broken or holds no model */
export function configOf(bytes: Uint8Array): string {
  const reading = configIn(bytes.length);
  let step = reading.next();
  while (!step.done) step = reading.next(bytes.subarray(...step.value));
  return step.value;
}

/** As `configOf`, of an archive that is not in memory. */
export async function configFrom(
  size: number,
  read: (from: number, to: number) => Promise<Uint8Array>,
): Promise<string> {
  const reading = configIn(size);
  let step = reading.next();
  while (!step.done) step = reading.next(await read(...step.value));
  return step.value;
}

/** PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16. */
function* configIn(size: number): Reading {
  const tail = numbers(yield [Math.max(0, size - TAIL), size]);
  let end = tail.length - 22;
  while (end >= 0 && tail.long(end) !== SIGNATURE.end) end -= 1;
  if (end < 0) throw broken();
  const [length, offset] = [tail.long(end + 12), tail.long(end + 16)];
  if (length > LARGEST_LIST || offset + length > size) throw broken();
  const list = numbers(yield [offset, offset + length]);
  const entry = find(list);
  if (entry === null) throw new ImportError('The archive holds no config.json, so it is no .keras file.');
  const [method, packed, whole, start] = [
    list.short(entry + 10),
    list.long(entry + 20),
    list.long(entry + 24),
    list.long(entry + 42),
  ];
  if (whole > LARGEST_CONFIG || packed > LARGEST_CONFIG)
    throw new ImportError('The config.json in the archive is too large.');
  const head = numbers(yield [start, start + 30]);
  if (head.long(0) !== SIGNATURE.file) throw broken();
  const data = start + 30 + head.short(26) + head.short(28);
  const content = yield [data, data + packed];
  if (content.length !== packed) throw broken();
  if (method === 0) return strFromU8(content);
  if (method !== 8) throw new ImportError('The config.json in the archive is packed in a way that cannot be read.');
  try {
    return strFromU8(inflateSync(content, { out: new Uint8Array(whole) }));
  } catch {
    throw broken();
  }
}

const broken = (): ImportError => new ImportError('The file is a broken archive.');

/** Where the list of files has the config; null where it has none. */
function find(list: Numbers): number | null {
  for (let at = 0; at < list.length; ) {
    if (list.long(at) !== SIGNATURE.entry) throw broken();
    const name = list.short(at + 28);
    if (list.text(at + 46, name) === CONFIG) return at;
    at += 46 + name + list.short(at + 30) + list.short(at + 32);
  }
  return null;
}

interface Numbers {
  length: number;
  short(at: number): number;
  long(at: number): number;
  text(at: number, length: number): string;
}

/** Little-endian numbers at their places. */
function numbers(bytes: Uint8Array): Numbers {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const within = (at: number, length: number): number => {
    if (at + length > bytes.length) throw broken();
    return at;
  };
  return {
    length: bytes.length,
    short: (at) => view.getUint16(within(at, 2), true),
    long: (at) => view.getUint32(within(at, 4), true),
    text: (at, length) => strFromU8(bytes.subarray(within(at, length), at + length)),
  };
}
