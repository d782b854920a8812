/** What the compiler produces: the ecosystem's own description of a model (Keras functional), as plain data. */
import type { Json, NodeId } from '@/document';
import type { Fans, Initializer, KerasCall, Penalty, Variant } from '@/layers';

/** A tensor in a Keras functional model: output `tensor` of call `call` of `layer`. */
export interface KerasTensor {
  layer: string;
  call: number;
  tensor: number;
}

export interface KerasLayer {
  name: string;
  className: string;
  /** Keras 3 spelling, snake_case, without `name` and `trainable`. */
  config: Record<string, Json>;
  trainable: boolean;
  /** One list of input tensors for each call; none for an InputLayer. */
  calls: KerasTensor[][];
  /** The port of each tensor of a call; all calls have the same. */
  ports: string[];
  /** How Keras takes the tensors of a call: as one list, one by one, or by keyword from the port's name. */
  takes: 'list' | 'arguments' | Readonly<Record<string, string>>;
  /** Arguments of each call besides tensors. */
  callOptions?: Record<string, Json>[];
  /** Each call's arguments word for word, for classes that only their authors know. */
  written?: KerasCall[];
  /** A class of this product, which Keras does not have. */
  custom: boolean;
  /** Where Keras keeps the class, if not among its layers. */
  module?: string;
  /** Somebody else's class: where Keras finds it, and under which name it is registered. */
  foreign?: { module: string | null; registeredName: string | null };
  /** The shape of each output, batch first; null for unknown sizes. */
  outputs: (number | null)[][];
  /** The document node the layer came from. */
  node: NodeId;
}

export interface KerasModel {
  name: string;
  layers: KerasLayer[];
  inputs: KerasTensor[];
  outputs: KerasTensor[];
  /** Samples in a batch, where a layer remembers from one batch to the next: Keras wants to know them beforehand. */
  batchSize?: number;
}

/** Feeds `model.inputs[i]`. The shape is without the batch; null is an unknown size. */
export interface CompiledInput {
  node: NodeId;
  field: string;
  shape: (number | null)[];
  dtype: 'float32' | 'int32';
}

/** A loss node, bound to model outputs and data fields. */
export interface CompiledLoss {
  node: NodeId;
  /** The layer type of the loss node: `crossEntropy`, `meanSquaredError`. */
  type: string;
  params: Record<string, Json>;
  /** What it is multiplied by beside other losses. */
  weight: number;
  /** The field of the data set that says how much each sample, or each place, counts. */
  sampleWeights: string | null;
  /** Index into `model.outputs`. */
  prediction: number;
  /** A field of the data set, or another output of the model (an autoencoder's target is its input). */
  target: { field: string } | { output: number };
  /**
   * Where the drawn network ends in softmax or sigmoid before this loss, the training model stops
   * short of it and the loss works from logits (stable); this says what turns them into probabilities.
   */
  logits: 'softmax' | 'sigmoid' | null;
}

/** One weight of the network, in the order of `tf.LayersModel.weights` of its layer. */
export interface CompiledWeight {
  /** `layer/weight`, e.g. `conv1/kernel`: stable across runs, used to store and restore weights. */
  name: string;
  node: NodeId;
  layer: string;
  weight: string;
  shape: number[];
  trainable: boolean;
  initializer: Initializer;
  fans?: Fans;
  ones?: readonly [from: number, to: number];
  penalty: Penalty;
  constraint: Variant | null;
}

export interface CompiledNetwork {
  model: KerasModel;
  inputs: CompiledInput[];
  losses: CompiledLoss[];
  weights: CompiledWeight[];
}

/** One or several arrays of a weight's size, by the weight's name. */
export type KeptArrays = Record<string, Float32Array[]>;

/** What stateful layers remember, by the layer's name. */
export type CarriedArrays = Record<string, { shape: number[]; data: Float32Array }[]>;

/** A network in training between two steps, as plain data: enough to go on as if nothing had been. */
export interface TrainerState {
  /** Where the run's chance has come to. */
  chance: number;
  /** The weights as they are trained, by name: not their averages. */
  weights: Record<string, Float32Array>;
  /** Absent where nothing is remembered from batch to batch. */
  carried?: CarriedArrays;
  phases: {
    step: number;
    slots: KeptArrays;
    gathered: { added: number; sums: KeptArrays } | null;
    averages: KeptArrays | null;
    plateau: [scale: number, best: number, waited: number] | null;
  }[];
}
