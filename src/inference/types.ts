/** What inference says of a network. All of it is derived; none of it is stored in the document. */
import type { Edge, NodeId } from '@/document';
import type { Derivation, Dim, Repair, Tensor, Weight } from '@/layers';

export type ProblemCode =
  | 'unknown-layer'
  | 'bad-param'
  | 'missing-input'
  | 'too-many-wires'
  | 'cycle'
  | 'rank'
  | 'rule'
  | 'unused'
  | 'tie';

export interface Problem {
  node: NodeId;
  code: ProblemCode;
  /** An error withholds the numbers; a warning does not. */
  severity: 'error' | 'warning';
  message: string;
  why?: string;
  port?: string;
  param?: string;
  /** Only those that mend it, found out when first looked at. */
  readonly repairs: readonly Repair[];
}

/** The plane of the input that one unit sees. */
export interface ReceptiveField {
  /** Height and width in input pixels, at most the whole image. */
  size: readonly [Dim, Dim];
  /** How far apart in the input neighbouring units look. */
  jump: readonly [number, number];
  /** The image itself. */
  extent: readonly [Dim, Dim];
}

/** All that is known of one node. Objects are replaced, never changed, when something about the node changes. */
export interface NodeInference {
  /** The resolved hyperparameters, defaults filled in; null where some are invalid. */
  params: Readonly<Record<string, unknown>> | null;
  /** Tensors on its input ports, in wire order. */
  inputs: Readonly<Record<string, readonly Tensor[]>>;
  /** Null where the node's own or an earlier problem leaves it unknown. */
  output: Tensor | null;
  weights: readonly Weight[];
  /** All weights; symbolic where sizes are unknown. */
  parameters: Dim;
  trainable: Dim;
  macs: Dim;
  /** Bytes of the output of one sample (float32). */
  activationBytes: Dim;
  parameterBytes: Dim;
  receptiveField: ReceptiveField | null;
  /** Every number's arithmetic, in the order to be read. */
  derivations: readonly Derivation[];
  problems: readonly Problem[];
}

export interface Totals {
  parameters: Dim;
  trainable: Dim;
  nonTrainable: Dim;
  macs: Dim;
  activationBytes: Dim;
  parameterBytes: Dim;
}

export interface Inference {
  /** Counts up at every change. */
  version: number;
  nodes: ReadonlyMap<NodeId, NodeInference>;
  /** Inputs first; nodes on a cycle last. */
  order: readonly NodeId[];
  /** Wires into each node, in document order. */
  incoming: ReadonlyMap<NodeId, readonly Edge[]>;
  outgoing: ReadonlyMap<NodeId, readonly Edge[]>;
  /** Null while an error stands in the way. */
  totals: Totals | null;
  problems: readonly Problem[];
}
