/**
 * How weights begin, by Keras 3's rules. The values are made here, not by tfjs: the same seed gives the same
 * weights on every backend, and the normal variants have the spread that Keras gives them.
 */
import { generator } from './random';

/** Keras `compute_fans`: the receptive field times the channels, for kernels laid out as […, in, out]. */
function fansOf(shape: readonly number[]): { fanIn: number; fanOut: number } {
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

type Draw = (random: () => number, fans: { fanIn: number; fanOut: number }) => number;

const uniformBy =
  (variance: (fans: { fanIn: number; fanOut: number }) => number): Draw =>
  (random, fans) =>
    (2 * random() - 1) * Math.sqrt(3 * variance(fans));

const normalBy =
  (variance: (fans: { fanIn: number; fanOut: number }) => number): Draw =>
  (random, fans) =>
    (truncated(random) * Math.sqrt(variance(fans))) / TRUNCATED_SPREAD;

const glorot = ({ fanIn, fanOut }: { fanIn: number; fanOut: number }): number => 2 / (fanIn + fanOut);
const he = ({ fanIn }: { fanIn: number }): number => 2 / fanIn;
const lecun = ({ fanIn }: { fanIn: number }): number => 1 / fanIn;

const DRAWS: Readonly<Record<string, Draw>> = {
  glorot_uniform: uniformBy(glorot),
  glorot_normal: normalBy(glorot),
  he_uniform: uniformBy(he),
  he_normal: normalBy(he),
  lecun_uniform: uniformBy(lecun),
  lecun_normal: normalBy(lecun),
  random_uniform: (random) => (2 * random() - 1) * 0.05,
  random_normal: (random) => normal(random) * 0.05,
  truncated_normal: (random) => truncated(random) * 0.05,
  zeros: () => 0,
  ones: () => 1,
};

/**
 * The first values of a weight, row-major.
 * @param name an initialiser as Keras names it
 * @throws RangeError for an unknown initialiser
 */
export function initialise(name: string, shape: readonly number[], seed: number): Float32Array {
  const random = generator(seed);
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  if (name === 'orthogonal') return orthogonal(shape, random);
  const draw = DRAWS[name];
  if (!draw) throw new RangeError(`unknown initialiser “${name}”`);
  const fans = fansOf(shape);
  for (let at = 0; at < values.length; at++) values[at] = draw(random, fans);
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
