/** What a layer type is: everything the product knows about it, in one declaration. */
import type { Json } from '@/document';
import type { Dim } from './dimension';
import type { Derivation } from './formula';
import type { Initializer } from './initializers';
import type { ParamSpecs, ParamsOf, Penalty, Variant } from './params';

/** What a data set offers under a name; see `@/datasets`. */
export interface Field {
  kind: 'image' | 'class' | 'number' | 'tokens';
  shape: readonly number[];
  dtype: 'float32' | 'int32';
  classes?: readonly string[];
  vocabulary?: { size: number };
  padded?: boolean;
}

/** What flows along a wire. */
export interface Tensor {
  /** With the batch first. */
  shape: readonly Dim[];
  dtype: 'float32' | 'int32';
  /** Set where the values are known to be probabilities: over the last axis, or each by itself. */
  squashed?: 'softmax' | 'sigmoid';
  /** Some steps (axis 1) may be marked as padding; layers that know masks pass over them. */
  masked?: boolean;
  /** Set where the values are indices: how many there are. */
  indices?: number;
}

export interface Port {
  title: string;
  /** Ranks with the batch that the layer accepts; any where absent. */
  rank?: readonly number[];
  /** Takes any number of wires, in order. */
  many?: boolean;
  optional?: boolean;
}

export type Ports = Readonly<Record<string, Port>>;

/** What a rule receives on its ports. */
type Inputs<I extends Ports> = {
  [K in keyof I]: I[K] extends { many: true }
    ? readonly Tensor[]
    : I[K] extends { optional: true }
      ? Tensor | undefined
      : Tensor;
};

export interface RuleContext<P, I> {
  params: P;
  inputs: I;
  /** The fields of the document's data set; undefined where it has none. */
  fields: Readonly<Record<string, Field>> | undefined;
}

export interface Fans {
  fanIn: number;
  fanOut: number;
}

export interface Weight {
  name: string;
  shape: readonly Dim[];
  /** The symbol of each size, for the arithmetic: `['F_h', 'F_w', 'C', 'K']`. */
  symbols: readonly string[];
  initializer: Initializer;
  /** Values along the last axis, from and to, that begin at one whatever the initialiser: an open forget gate. */
  ones?: readonly [from: number, to: number];
  /** Values that flow into and out of a unit, where the shape alone does not tell: see Keras's `EinsumDense`. */
  fans?: Fans;
  /** Added to the loss: λ₁·Σ|w| + λ₂·Σw². */
  penalty?: Penalty;
  /** What the weight is brought back to after each update; null for free. */
  constraint?: Variant | null;
  /** False for weights that training updates otherwise, such as moving averages. */
  trainable: boolean;
  /** How many values PyTorch counts for it, where that is another number: 0 for what it keeps as a buffer. */
  pytorch?: Dim;
}

/** How a unit of the output looks at its input's spatial axes; for the receptive field. One entry an axis. */
export interface Window {
  kernel: readonly number[];
  strides: readonly number[];
  dilation: readonly number[];
  /**
   * How far before the input's first value the first unit begins to look: the padding. Negative where values are
   * passed over; null where it follows from a size that is not known. Absent: it begins at the first value.
   */
  before?: readonly (number | null)[];
}

export interface Inferred {
  /** What comes out of `out`. Losses have a scalar. */
  output: Tensor;
  /** What comes out of the further ports that `outputs` names. */
  further?: Readonly<Record<string, Tensor>>;
  weights?: readonly Weight[];
  /** How the output's sizes come about. */
  shape?: readonly Derivation[];
  /** The number of weights, where a formula says it better than the sum of the products. */
  parameters?: Derivation;
  /** Multiply-adds for one sample. Absent: none. */
  macs?: Derivation;
  /** Floating-point operations for one sample besides the multiply-adds. Absent: none worth counting. */
  operations?: Derivation;
  window?: Window | 'global';
  /** Where the channels stand among the axes that the window goes over. Absent: last. */
  channels?: 'first';
  /** The order in which the axes after the batch come out, the first being 1; absent where they keep their places. */
  order?: readonly number[];
  /** What is wrong though the output is known: the totals are withheld. */
  errors?: readonly Refusal[];
  /** True where the numbers are right but the person probably did not mean it. */
  warnings?: readonly Refusal[];
}

/** A way out of a problem: a document edit in terms of the node itself. */
export type Repair =
  | { title: string; kind: 'setParams'; params: Record<string, Json> }
  /** Puts layers, wired in a chain, in front of a port (of its `index`-th wire). */
  | {
      title: string;
      kind: 'insertBefore';
      port: string;
      index?: number;
      layers: { type: string; params?: Record<string, Json> }[];
    }
  /** Changes the size of the last axis at the nearest layer upstream that chooses it. */
  | { title: string; kind: 'resizeSource'; port: string; size: number }
  | { title: string; kind: 'setActivation'; port: string; activation: string }
  /** Sets padding “same” at every window on the way to the `index`-th wire of a port. */
  | { title: string; kind: 'padSource'; port: string; index?: number }
  | { title: string; kind: 'remove' }
  /** Takes away the wire that ends in this port (its `index`-th). */
  | { title: string; kind: 'disconnect'; port: string; index?: number }
  /** Wires a port to the nearest output above that feeds nothing yet and fits. */
  | { title: string; kind: 'connectOpen'; port: string }
  /** Joins all wires of a port by a merging layer in front of it. */
  | { title: string; kind: 'mergeBefore'; port: string; type: string }
  /** Takes only such sizes at the inputs as divide by this, where any size was taken. */
  | { title: string; kind: 'divideInputs'; by: number }
  | { title: string; kind: 'resetParam'; param: string }
  | { title: string; kind: 'untie' };

/** Why a rule cannot give an answer. */
export interface Refusal {
  /** What does not fit, with both shapes, in one sentence. */
  message: string;
  /** The reason, in words a student understands. */
  why?: string;
  port?: string;
  param?: string;
  repairs?: readonly Repair[];
}

export type RuleResult = Inferred | { refusal: Refusal };

/** The layer in Keras: class name and config in Keras 3's spelling, without name and trainable. */
export interface KerasSpelling {
  className: string;
  config: Record<string, Json>;
  /** A class of this product, though the form's own is Keras's. */
  custom?: boolean;
  /** Somebody else's class: where Keras finds it, and under which name it is registered. */
  foreign?: { module: string | null; registeredName: string | null };
  /** Where it is not the form's own. */
  call?: KerasCall;
}

/** The arguments of a call as they were written: `{ "$tensor": 1 }` stands for its second tensor. */
export interface KerasCall {
  args: Json[];
  kwargs: Record<string, Json>;
}

/** Which tensor a piece of a call's arguments stands for; null for none. */
export function tensorPlace(word: Json | undefined): number | null {
  if (typeof word !== 'object' || word === null || Array.isArray(word)) return null;
  const place = word.$tensor;
  return typeof place === 'number' && Object.keys(word).length === 1 ? place : null;
}

/** All tensors within a piece of a call's arguments, in order. */
export function tensorPlaces(word: Json): number[] {
  const place = tensorPlace(word);
  if (place !== null) return [place];
  if (typeof word !== 'object' || word === null) return [];
  return Object.values(word).flatMap(tensorPlaces);
}

export interface KerasContext<P> {
  params: P;
  inputs: readonly Tensor[];
  output: Tensor;
}

/** What a Keras config means here, or what about it has no counterpart, in words. */
export type KerasReading = { params: Record<string, Json> } | { unsupported: string };

/**
 * How Keras spells a layer, for writing and reading alike. Hyperparameters go by their own name in
 * snake_case and by their own codec; only what differs is said here.
 */
export interface KerasForm<P> {
  className: string;
  /** Further classes that mean this layer, for reading. */
  also?: readonly string[];
  /** Names that are not the hyperparameter's own in snake_case; null: Keras has no such setting. */
  names?: Partial<Record<keyof P & string, string | null>>;
  /** Settings that this layer knows in one way only. They are written so, and anything else is not read. */
  fixed?: Readonly<Record<string, Json>>;
  /** Settings that may be dropped in reading without changing what is computed. */
  ignored?: readonly string[];
  /** A class of this product, which Keras does not have. */
  custom?: boolean;
  /** Where Keras keeps the class, if not among its layers: `keras.src.applications.convnext`. */
  module?: string;
  /** Options of the call that tell it from another layer of the same class; for reading. */
  calledWith?: Readonly<Record<string, Json>>;
  /** The last word on the spelling. */
  write?(context: KerasContext<P>, config: Record<string, Json>): KerasSpelling;
  /** Reads the config before the names are looked up: returns one in this form's own names, or why not. */
  read?(
    config: Readonly<Record<string, Json>>,
    className: string,
  ): { config: Record<string, Json> } | { unsupported: string };
  /**
   * How the call takes its tensors: `list` as one list (the default for a port of many wires), `arguments`
   * one after the other (the default), or by keyword from the port's name.
   */
  call?: 'list' | 'arguments' | Readonly<Record<string, string>>;
  /** Arguments of the call besides tensors, such as `use_causal_mask`. */
  callOptions?(params: P): Record<string, Json>;
}

export type Family =
  | 'input'
  | 'core'
  | 'convolution'
  | 'pooling'
  | 'recurrent'
  | 'attention'
  | 'normalization'
  | 'regularization'
  | 'activation'
  | 'merge'
  | 'shape'
  | 'maths'
  | 'preprocessing'
  | 'loss'
  | 'block';

export interface LayerDocs {
  /** What it does and when to use it; a short paragraph. */
  text: string;
  /** The rule in TeX. */
  formula?: string;
  source: { title: string; url: string };
}

export interface LayerSpec<S extends ParamSpecs, I extends Ports> {
  type: string;
  title: string;
  family: Family;
  /** One line for the palette. */
  summary: string;
  /** Further words people search for. */
  keywords?: readonly string[];
  /** What is no layer of the model: it feeds or judges it, or stands for a block or one of its ports. */
  role?: 'input' | 'loss' | 'block' | 'blockInput' | 'blockOutput';
  /** Comes with files of other tools alone, and is not offered to be added. */
  importedOnly?: boolean;
  docs: LayerDocs;
  /** What it is called elsewhere; absent where there is nothing of the kind. */
  names?: { pytorch?: string; onnx?: string };
  params: S;
  inputs: I;
  /** Ports besides `out`, in the order in which the layer returns them. */
  outputs?(params: ParamsOf<S>): Readonly<Record<string, { title: string }>>;
  /** The hyperparameter that is the size of the output's last axis. */
  sizeParam?: keyof S & string;
  /**
   * Other types whose weights it can use, tied to a node of theirs. Keras then has one layer for both, of this
   * layer's class and the other's settings.
   */
  tiesTo?: readonly string[];
  /** No gradient passes, so nothing that leads only here is trained. */
  blocksGradient?: boolean;
  /** Adds to the loss by itself. */
  addsToLoss?: boolean;
  /** The output has the input's shape, so a size can be chosen further up. */
  keepsShape?: boolean;
  /** The two or three values that matter, for the node's card. */
  digest(params: ParamsOf<S>): readonly string[];
  infer(context: RuleContext<ParamsOf<S>, Inputs<I>>): RuleResult;
  /** Absent for losses, which are no part of the model. */
  keras?: KerasForm<ParamsOf<S>>;
}

/** A declaration whose parameter and port types have been checked and forgotten. */
export interface LayerDeclaration
  extends Omit<LayerSpec<ParamSpecs, Ports>, 'digest' | 'infer' | 'keras' | 'sizeParam' | 'outputs'> {
  sizeParam?: string;
  digest(params: Record<string, unknown>): readonly string[];
  infer(
    context: RuleContext<Record<string, unknown>, Record<string, Tensor | readonly Tensor[] | undefined>>,
  ): RuleResult;
  outputs?(params: Record<string, unknown>): Readonly<Record<string, { title: string }>>;
  keras?: KerasForm<Record<string, unknown>>;
}

/**
 * Declares a layer type. The rule's parameters and inputs are typed from the declaration; the caller
 * (inference) only ever passes values that `params` has read and tensors that fit `inputs`.
 */
export function defineLayer<const S extends ParamSpecs, const I extends Ports>(
  spec: LayerSpec<S, I>,
): LayerDeclaration {
  return spec as unknown as LayerDeclaration;
}
