/**
 * Operations called on tensors without a layer: `keras.ops` in Keras 3, `TFOpLambda` in Keras 2. Those that a layer
 * computes just as well are read as that layer.
 */
import type { Json } from '@/document';
import { layerOfKeras, tensorPlace } from '@/layers';
import { type Call, type ImportedLayer, type JsonObject, referenceKey } from './model';
import { partOf, withMargins, withShape } from './tensors';

/** What a layer would be called with instead. */
export interface AsLayer {
  className: string;
  config: JsonObject;
  args: Json[];
}

type Shapes = ReadonlyMap<string, Json[]>;

interface Operation {
  name: string;
  config: JsonObject;
  args: readonly Json[];
}

/** The functions of TensorFlow that are an operation of Keras under another name. */
const IN_TENSORFLOW: Readonly<Record<string, string>> = {
  '__operators__.add': 'Add',
  'math.add': 'Add',
  'math.subtract': 'Subtract',
  'math.multiply': 'Multiply',
  'math.truediv': 'TrueDivide',
  'math.divide': 'TrueDivide',
  'math.negative': 'Negative',
  'math.maximum': 'Maximum',
  'math.minimum': 'Minimum',
  'math.sigmoid': 'Sigmoid',
  'math.tanh': 'Tanh',
  'math.reduce_mean': 'Mean',
  'math.reduce_sum': 'Sum',
  'nn.relu': 'Relu',
  'nn.relu6': 'Relu6',
  'nn.elu': 'Elu',
  'nn.selu': 'Selu',
  'nn.silu': 'Silu',
  'nn.softplus': 'Softplus',
};

/** Constants besides tensors that change nothing. */
const IDLE: ReadonlySet<string> = new Set(['name']);

/** The operation that a layer of the file is; null for a true layer. */
function operationOf({ className, module, config }: ImportedLayer, call: Call): Operation | null {
  const { name: _, ...settings } = config;
  const given = Object.entries(call.kwargs).filter(([name, value]) => value !== null && !IDLE.has(name));
  if (className === 'TFOpLambda') {
    const name = IN_TENSORFLOW[String(config.function)];
    const [tensors, more] = [given.filter(([key]) => OPERANDS.has(key)), given.filter(([key]) => !OPERANDS.has(key))];
    if (name === undefined) return null;
    return { name, config: Object.fromEntries(more), args: [...call.args, ...tensors.map(([, value]) => value)] };
  }
  if (!isOperation(module) || given.length > 0) return null;
  return { name: className, config: settings, args: call.args };
}

/** What TensorFlow calls the tensors, or constants, that an operation works on. */
const OPERANDS: ReadonlySet<string> = new Set(['x', 'y', 'input_tensor', 'features']);

export const isOperation = (module: string | null): boolean => /^keras\.(src\.)?ops\b/.test(module ?? '');

/** The layer that computes the same; null where there is none. */
export function asLayer(layer: ImportedLayer, call: Call, shapes: Shapes): AsLayer | null {
  const operation = operationOf(layer, call);
  if (!operation) return null;
  const { name, config, args } = operation;
  if (MERGES.has(name)) {
    if (args.length !== 2 || Object.keys(config).length > 0) return null;
    const constant = args.findIndex((arg) => typeof arg === 'number');
    if (constant >= 0) return withConstant(name, args, constant);
    return args.every((arg) => tensorPlace(arg) !== null) && sameRank(call, shapes)
      ? { className: name, config: {}, args: [[...args]] }
      : null;
  }
  const [x] = args;
  if (x === undefined) return null;
  const shape = shapeOf(call, shapes);
  if (args.length === 2 && Object.keys(config).length === 0) return ofTwo(name, args, call, shapes);
  if (args.length !== 1) return null;
  switch (name) {
    case 'Mean':
    case 'Sum':
      return reduced(name, config, x, call, shapes);
    case 'Concatenate':
      return { className: name, config, args: [x] };
    case 'Negative':
      return linear(x, -1, 0);
    case 'LeakyRelu':
      return { className: 'LeakyReLU', config, args: [x] };
    case 'Elu':
      return { className: 'ELU', config, args: [x] };
    case 'Softmax':
      return { className: 'Softmax', config, args: [x] };
    case 'LogSoftmax':
      return config.axis === -1 ? function1('log_softmax', x) : null;
    case 'Gelu':
      return config.approximate === false ? function1('gelu', x) : null;
    case 'Exp':
      return function1('exponential', x);
    case 'Square':
      return layerCalled('Power', { exponent: 2 }, x);
    case 'StopGradient':
      return layerCalled('StopGradient', {}, x);
    case 'Clip':
      return typeof config.x_min === 'number' && typeof config.x_max === 'number'
        ? layerCalled('Clip', { lower: config.x_min, upper: config.x_max }, x)
        : null;
    case 'Max':
      return largest(config, x, shape);
    case 'Reshape':
    case 'ExpandDims':
    case 'Squeeze':
      return withShape(name, config, x, shape);
    case 'Pad':
      return withMargins(config, x);
    case 'Split':
      return parted(config, x, shape);
    case 'Transpose': {
      const axes = Array.isArray(config.axes) ? config.axes : [];
      return axes[0] === 0 ? { className: 'Permute', config: { dims: axes.slice(1) }, args: [x] } : null;
    }
    default:
      return FUNCTIONS.has(name) && Object.keys(config).length === 0
        ? function1(name.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase(), x)
        : null;
  }
}

const layerCalled = (className: string, config: JsonObject, x: Json): AsLayer => ({ className, config, args: [x] });

/** The shape of what a call is given first, batch first; null where the file does not say. */
const shapeOf = ({ tensors: [tensor] }: Call, shapes: Shapes): Json[] | null =>
  (tensor && shapes.get(referenceKey(tensor))) ?? null;

/** Operations on two tensors, or on one and a constant that is no number. */
function ofTwo(name: string, args: readonly Json[], call: Call, shapes: Shapes): AsLayer | null {
  const [a = null, b = null] = args;
  if (name === 'GetItem') return partOf(b, a, shapeOf(call, shapes));
  if (name === 'Power' && Number.isInteger(b) && Number(b) > 0) return layerCalled('Power', { exponent: b }, a);
  if (name !== 'Matmul' || tensorPlace(a) === null || tensorPlace(b) === null) return null;
  const [first, second] = call.tensors.map((tensor) => shapes.get(referenceKey(tensor)) ?? []);
  // Keras repeats the matrices of one where the other has more of them; here they come in pairs.
  const paired =
    first !== undefined &&
    second !== undefined &&
    first.length > 2 &&
    first.length === second.length &&
    first.slice(1, -2).every((size, at) => size === second[at + 1]);
  return paired ? { className: 'MatrixProduct', config: {}, args: [[a, b]] } : null;
}

/** The largest value of each channel, of all places. */
function largest({ axis, keepdims, initial }: JsonObject, x: Json, shape: Json[] | null): AsLayer | null {
  const places = (shape?.length ?? 0) - 2;
  const axes = (typeof axis === 'number' ? [axis] : Array.isArray(axis) ? axis : []).map(Number);
  const all = axes.length === places && axes.every((given) => given >= 1 && given <= places);
  const known = places >= 1 && places <= 3 && new Set(axes).size === places;
  if (!all || !known || (initial ?? null) !== null) return null;
  return layerCalled(`GlobalMaxPooling${places}D`, { keepdims: keepdims === true }, x);
}

function parted({ indices_or_sections: cuts, axis }: JsonObject, x: Json, shape: Json[] | null): AsLayer | null {
  if (typeof axis !== 'number' || !shape) return null;
  const at = axis < 0 ? shape.length + axis : axis;
  if (typeof cuts === 'number') return layerCalled('Split', { axis: at, parts: cuts }, x);
  const length = shape[at];
  if (!Array.isArray(cuts) || typeof length !== 'number') return null;
  const ends = [0, ...cuts.map(Number), length];
  const sizes = ends.slice(1).map((end, place) => end - (ends[place] ?? 0));
  return sizes.every((size) => size > 0) ? layerCalled('Split', { axis: at, parts: sizes.length, sizes }, x) : null;
}

const MERGES: ReadonlySet<string> = new Set(['Add', 'Subtract', 'Multiply', 'TrueDivide', 'Maximum', 'Minimum']);

const FUNCTIONS: ReadonlySet<string> = new Set(
  'Relu Relu6 Sigmoid Tanh Silu Selu Softplus Softsign HardSigmoid HardSilu HardTanh Mish LogSigmoid TanhShrink'.split(
    ' ',
  ),
);

const function1 = (activation: string, x: Json): AsLayer => ({
  className: 'Activation',
  config: { activation },
  args: [x],
});

/** Here at least a row of one is left, so it must be known that Keras leaves a row, too. */
function reduced(
  name: string,
  { axis, keepdims }: JsonObject,
  x: Json,
  { tensors }: Call,
  shapes: Shapes,
): AsLayer | null {
  const axes = typeof axis === 'number' ? [axis] : axis;
  const [tensor] = tensors;
  const rank = tensor && shapes.get(referenceKey(tensor))?.length;
  if (!Array.isArray(axes) || (keepdims !== true && (rank === undefined || rank - axes.length < 2))) return null;
  return { className: name, config: { axes, keepdims: keepdims === true }, args: [x] };
}

/** Keras aligns tensors of unlike rank at the back, its merging layers at the front. */
function sameRank({ tensors }: Call, shapes: Shapes): boolean {
  const ranks = tensors.flatMap((tensor) => shapes.get(referenceKey(tensor))?.length ?? []);
  return new Set(ranks).size <= 1;
}

/** x + c, c − x, x·c, x/c: a factor and an offset. */
function withConstant(name: string, args: readonly Json[], constant: number): AsLayer | null {
  const c = Number(args[constant]);
  const x = args[1 - constant] ?? null;
  if (tensorPlace(x) === null) return null;
  if (name === 'Add') return linear(x, 1, c);
  if (name === 'Multiply') return linear(x, c, 0);
  if (name === 'Subtract') return constant === 0 ? linear(x, -1, c) : linear(x, 1, -c);
  if (name === 'TrueDivide' && constant === 1 && c !== 0) return linear(x, 1 / c, 0);
  return null;
}

function linear(x: Json, factor: number, offset: number): AsLayer {
  return layerOfKeras('Rescaling')
    ? { className: 'Rescaling', config: { scale: factor, offset }, args: [x] }
    : { className: 'Scale', config: { factor, offset }, args: [x] };
}
