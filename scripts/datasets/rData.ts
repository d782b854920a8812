/**
 * Reads data that an R package keeps in its lazy-load database: `Rdata.rdx`, an index by name, and `Rdata.rdb`, the
 * serialised values one behind the other. Only what tables of text and numbers consist of is understood.
 * The format: “R Internals”, §1.8 and §4.3, https://cran.r-project.org/doc/manuals/r-release/R-ints.html
 */
import { execFileSync } from 'node:child_process';
import { gunzipSync, inflateSync } from 'node:zlib';

/** A vector with its attributes: `names` of a list's parts, `levels` of a factor. */
export interface RVector {
  values: readonly (string | number | null | RValue)[];
  attributes: Readonly<Record<string, RValue>>;
}

type RValue = RVector | string | null;

/** Types of serialised items that occur here. */
const TYPE = { symbol: 1, pairs: 2, characters: 9, logical: 10, integer: 13, real: 14, texts: 16, list: 19 } as const;
const [NULL, REFERENCE] = [254, 255];
const [HAS_ATTRIBUTES, HAS_TAG] = [0x200, 0x400];

/** Walks over a serialised item: XDR, so big-endian throughout. */
class Reader {
  private at: number;
  private readonly symbols: string[] = [];

  constructor(private readonly bytes: Buffer) {
    if (bytes.toString('latin1', 0, 2) !== 'X\n') throw new Error('This is not serialised by R as XDR.');
    const version = bytes.readInt32BE(2);
    // Version 3 adds the name of the encoding.
    this.at = version === 3 ? 18 + bytes.readInt32BE(14) : 14;
  }

  private integer(): number {
    this.at += 4;
    return this.bytes.readInt32BE(this.at - 4);
  }

  private vector(count: number, one: () => RVector['values'][number]): RVector['values'] {
    return Array.from({ length: count }, one);
  }

  item(): RValue {
    const flags = this.integer();
    const type = flags & 0xff;
    switch (type) {
      case NULL:
        return null;
      case REFERENCE:
        return this.symbols[(flags >> 8) - 1] ?? null;
      case TYPE.symbol: {
        const name = String(this.item());
        this.symbols.push(name);
        return name;
      }
      case TYPE.characters: {
        const length = this.integer();
        if (length < 0) return null;
        this.at += length;
        return this.bytes.toString('utf8', this.at - length, this.at);
      }
      case TYPE.pairs:
        return { values: [], attributes: this.pairs(flags) };
      case TYPE.logical:
      case TYPE.integer:
        return this.withAttributes(
          flags,
          this.vector(this.integer(), () => this.integer()),
        );
      case TYPE.real:
        return this.withAttributes(
          flags,
          this.vector(this.integer(), () => {
            this.at += 8;
            return this.bytes.readDoubleBE(this.at - 8);
          }),
        );
      case TYPE.texts:
      case TYPE.list:
        return this.withAttributes(
          flags,
          this.vector(this.integer(), () => this.item()),
        );
      default:
        throw new Error(`R's type ${type} at byte ${this.at} is not expected in a table.`);
    }
  }

  private withAttributes(flags: number, values: RVector['values']): RVector {
    const attributes = flags & HAS_ATTRIBUTES ? this.pairs(this.integer()) : {};
    return { values, attributes };
  }

  /** A list of pairs, from the flags of its first on, by their tags. */
  private pairs(first: number): Record<string, RValue> {
    const found: Record<string, RValue> = {};
    for (let flags = first; (flags & 0xff) === TYPE.pairs; flags = this.integer()) {
      if (flags & HAS_ATTRIBUTES) this.item();
      const tag = flags & HAS_TAG ? String(this.item()) : '';
      found[tag] = this.item();
    }
    return found;
  }
}

/** A value in the database: its size unpacked, then how it is packed. */
function unpack(chunk: Buffer): Buffer {
  const kind = chunk.toString('latin1', 4, 5);
  // As R writes it, LZMA2 stands without the headers of an .xz file.
  if (kind === 'Z') {
    return execFileSync('xz', ['--format=raw', '--lzma2=dict=64MiB', '--decompress', '--stdout'], {
      input: chunk.subarray(5),
      maxBuffer: 1 << 30,
    });
  }
  if (kind === '2') throw new Error('bzip2 is not expected.');
  return inflateSync(chunk.subarray(4));
}

const isVector = (value: RValue | number | undefined): value is RVector => typeof value === 'object' && value !== null;

/** A named part of a list. @throws Error where there is none */
export function part(list: RVector, name: string): RVector {
  const names = list.attributes.names;
  const found = isVector(names) ? list.values[names.values.indexOf(name)] : undefined;
  if (!isVector(found)) throw new Error(`There is no “${name}” in this list.`);
  return found;
}

/** An attribute of a vector that is a vector itself. @throws Error where there is none */
export function attribute(vector: RVector, name: string): RVector {
  const found = vector.attributes[name];
  if (!isVector(found)) throw new Error(`There is no attribute “${name}”.`);
  return found;
}

/** All texts of a vector. */
export const texts = ({ values }: RVector): string[] => values.map((value) => (typeof value === 'string' ? value : ''));

/** A value of a lazy-load database. */
export function readRData(index: Uint8Array, database: Uint8Array, name: string): RVector {
  const content = Buffer.from(index);
  const top = new Reader(content[0] === 0x1f ? gunzipSync(content) : inflateSync(content)).item();
  if (!isVector(top)) throw new Error('The index of the data is no list.');
  const [start = 0, length = 0] = part(part(top, 'variables'), name).values.map(Number);
  const value = new Reader(unpack(Buffer.from(database).subarray(start, start + length))).item();
  if (!isVector(value)) throw new Error(`“${name}” is no table.`);
  return value;
}
