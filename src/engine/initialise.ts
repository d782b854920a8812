/**
 * How weights begin, by Keras 3's rules. The values are made here, not by tfjs: the same seed gives the same
 * weights on every backend, and the normal variants have the spread that Keras gives them.
 */
import { type Fans, INITIALIZERS, type Initializer, settingsOf, typeOf } from '@/layers';
import { generator } from './random';

/** Keras `compute_fans`: the receptive field times the channels, for kernels laid out as […, in, out]. */
function fansOf(shape: readonly number[]): Fans {
  if (shape.length < 2) return { fanIn: shape[0] ?? 1, fanOut: shape[0] ?? 1 };
  const receptive = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  return { fanIn: (shape.at(-2) ?? 1) * receptive, fanOut: (shape.at(-1) ?? 1) * receptive };
}

/** Box and Muller 1958. */
function normal(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** A normal value drawn again until it lies within two standard deviations. */
function truncated(random: () => number): number {
  for (;;) {
    const value = normal(random);
    if (Math.abs(value) <= 2) return value;
  }
}

/** The standard deviation of a normal distribution cut at two; Keras divides by it to keep the variance asked for. */
const TRUNCATED_SPREAD = 0.87962566103423978;

type Draw = (random: () => number, fans: Fans) => number;

const uniformBy =
  (variance: (fans: Fans) => number): Draw =>
  (random, fans) =>
    (2 * random() - 1) * Math.sqrt(3 * variance(fans));

const normalBy =
  (variance: (fans: Fans) => number): Draw =>
  (random, fans) =>
    (truncated(random) * Math.sqrt(variance(fans))) / TRUNCATED_SPREAD;

const glorot = ({ fanIn, fanOut }: Fans): number => 2 / (fanIn + fanOut);
const he = ({ fanIn }: { fanIn: number }): number => 2 / fanIn;
const lecun = ({ fanIn }: { fanIn: number }): number => 1 / fanIn;

type Settings = Readonly<Record<string, number | string>>;

/** How one value is drawn, given the initialiser's settings. */
const DRAWS: Readonly<Record<string, (settings: Settings) => Draw>> = {
  glorotUniform: () => uniformBy(glorot),
  glorotNormal: () => normalBy(glorot),
  heUniform: () => uniformBy(he),
  heNormal: () => normalBy(he),
  lecunUniform: () => uniformBy(lecun),
  lecunNormal: () => normalBy(lecun),
  randomUniform: ({ minval, maxval }) => {
    const [from, to] = [Number(minval), Number(maxval)];
    return (random) => from + random() * (to - from);
  },
  randomNormal:
    ({ mean, stddev }) =>
    (random) =>
      Number(mean) + normal(random) * Number(stddev),
  truncatedNormal:
    ({ mean, stddev }) =>
    (random) =>
      Number(mean) + truncated(random) * Number(stddev),
  varianceScaling: ({ scale, mode, distribution }) => {
    const variance = ({ fanIn, fanOut }: Fans): number =>
      Number(scale) / Math.max(1, mode === 'fan_in' ? fanIn : mode === 'fan_out' ? fanOut : (fanIn + fanOut) / 2);
    if (distribution === 'uniform') return uniformBy(variance);
    if (distribution === 'truncated_normal') return normalBy(variance);
    return (random, fans) => normal(random) * Math.sqrt(variance(fans));
  },
  zeros: () => () => 0,
  ones: () => () => 1,
  constant:
    ({ value }) =>
    () =>
      Number(value),
};

/**
 * The first values of a weight, row-major.
 * @param fans where they are not those of the shape
 * @throws RangeError for an unknown initialiser, or identity for what is no matrix
 */
export function initialise(
  initializer: Initializer,
  shape: readonly number[],
  seed: number,
  fans: Fans = fansOf(shape),
): Float32Array {
  const random = generator(seed);
  const type = typeOf(initializer);
  const settings = settingsOf(INITIALIZERS, initializer);
  if (type === 'orthogonal') return orthogonal(shape, random).map((value) => value * Number(settings.gain));
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  if (type === 'identity') return identity(values, shape, Number(settings.gain));
  const draw = DRAWS[type]?.(settings);
  if (!draw) throw new RangeError(`unknown initialiser “${type}”`);
  for (let at = 0; at < values.length; at++) values[at] = draw(random, fans);
  return values;
}

/** Puts ones between two places of the last axis: a forget gate that begins open. */
export function withOnes(values: Float32Array, width: number, [from, to]: readonly [number, number]): Float32Array {
  return values.map((value, at) => (at % width >= from && at % width < to ? 1 : value));
}

/** Ones on the diagonal of a matrix, square or not, as Keras. */
function identity(values: Float32Array, shape: readonly number[], gain: number): Float32Array {
  const [rows, columns, ...more] = shape;
  if (rows === undefined || columns === undefined || more.length > 0) {
    throw new RangeError(`the identity needs a matrix, not ${shape.join('×')}`);
  }
  for (let at = 0; at < Math.min(rows, columns); at++) values[at * columns + at] = gain;
  return values;
}

/** Saxe et al. 2013: rows (or columns, whichever are fewer) of length one, at right angles, by Gram and Schmidt. */
function orthogonal(shape: readonly number[], random: () => number): Float32Array {
  const columns = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => normal(random));
    // Twice, since once leaves rounding errors that grow with the number of vectors.
    for (const other of [...vectors, ...vectors]) {
      const along = vector.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
      for (let at = 0; at < length; at++) vector[at] = (vector[at] ?? 0) - along * (other[at] ?? 0);
    }
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    if (norm > 1e-6) vectors.push(vector.map((value) => value / norm));
  }
  return Float32Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    return (rows <= columns ? vectors[row]?.[column] : vectors[column]?.[row]) ?? 0;
  });
}
