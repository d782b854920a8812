/** What inference says of a network. All of it is derived; none of it is stored in the document. */
import type { Edge, Environment, NetworkDocument, NodeId, Path } from '@/document';
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
  | 'tie'
  | 'block';

export interface Problem {
  node: NodeId;
  /** The way into the instance within which the node lies; absent for the network itself. */
  path?: Path;
  code: ProblemCode;
  /** An error withholds the numbers; a warning does not. */
  severity: 'error' | 'warning';
  message: string;
  why?: string;
  port?: string;
  param?: string;
  /** Only those that mend it, found out when first looked at. */
  readonly repairs: readonly Repair[];
  /** All that its rule proposes, tried or not. */
  readonly proposed: readonly Repair[];
}

/** What one unit sees of the input; one entry for each spatial axis. */
export interface ReceptiveField {
  /** In steps or pixels of the input, at most all of it. */
  size: readonly Dim[];
  /** How far apart in the input neighbouring units look: the stride so far. */
  jump: readonly number[];
  /**
   * Where the first unit begins to look, 0 being the input's first value: below 0 lies the padding of all layers
   * together. Null where it follows from sizes that are not known.
   */
  start: readonly (number | null)[];
  /** The input itself. */
  extent: readonly Dim[];
  /** Where the channels stand beside these axes. */
  channels: 'first' | 'last';
  /** All axes of the input after the batch, while no layer has said where the channels stand. */
  undecided?: readonly Dim[];
}

/** All that is known of one node. Objects are replaced, never changed, when something about the node changes. */
export interface NodeInference {
  /** The resolved hyperparameters, defaults filled in; null where some are invalid. */
  params: Readonly<Record<string, unknown>> | null;
  /** Tensors on its input ports, in wire order. */
  inputs: Readonly<Record<string, readonly Tensor[]>>;
  /** Null where the node's own or an earlier problem leaves it unknown. */
  output: Tensor | null;
  /** What comes out of every port, `out` included. Empty where `output` is null. */
  outputs: Readonly<Record<string, Tensor>>;
  weights: readonly Weight[];
  /** All weights; symbolic where sizes are unknown. */
  parameters: Dim;
  trainable: Dim;
  /** As PyTorch counts them. */
  pytorch: { parameters: Dim; trainable: Dim };
  /** Multiply-adds for one sample. */
  macs: Dim;
  /** Floating-point operations for one sample: two for a multiply-add, one for any other. */
  flops: Dim;
  /** Bytes of what comes out for one sample (float32). */
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
  /** As PyTorch counts them: no running averages, recurrent layers with two biases. */
  pytorch: { parameters: Dim; trainable: Dim };
  macs: Dim;
  flops: Dim;
  activationBytes: Dim;
  parameterBytes: Dim;
}

/** What is known of a graph of layers. */
export interface FlatInference {
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

/**
 * What is known of a network as it is looked at: the graph itself or the inside of one instance of a block.
 * Nodes, wires and their order are those of that graph, an instance being one node; totals and problems are
 * those of the whole.
 */
export interface Inference extends FlatInference {
  /** Where it is looked at. */
  path: Path;
  /** What the block's parameters stand for there; empty for the network itself. */
  environment: Environment;
  /** The whole network with its blocks opened out to layers. */
  opened: { document: NetworkDocument; inference: FlatInference };
  /** What a node of the graph looked at is called when blocks are opened out; an instance's name has no meaning there. */
  openedId(id: NodeId): NodeId | undefined;
  /** How many copies of an instance stand in a chain; 1 for all that is not opened. */
  copiesOf(id: NodeId): number;
  /** The same knowledge told from another place; from the network itself where there is no such way. */
  at(path: Path): Inference;
  /** Where a layer of the opened-out network is drawn. */
  originOf(openedId: NodeId): { path: Path; node: NodeId } | undefined;
}
