/** Where a setting is allowed and poor: weights that begin unfit for the activation that follows, memory over shuffled samples. */
import type { Json, NetworkDocument, NodeId } from '@/document';
import { layerOf, typeOf, type Variant, type Weight } from '@/layers';
import type { FlatInference } from './types';

export interface Advice {
  /** The hyperparameter in question. */
  param: string;
  text: string;
  /** The value that suits. */
  suggestion: Json;
  title: string;
}

/** What goes on from batch to batch needs samples in order. */
export function orderAdvice(id: NodeId, { training }: NetworkDocument, { nodes }: FlatInference): Advice[] {
  if (nodes.get(id)?.params?.stateful !== true || !training.shuffle) return [];
  const text =
    'Samples are shuffled, so a sample goes on from what another sequence left. Turn Shuffle off in the training settings, and have batch after batch hold the next piece of the same sequences.';
  return [{ param: 'stateful', text, suggestion: false, title: 'Not stateful' }];
}

const RECTIFIERS: ReadonlySet<string> = new Set([
  'relu',
  'relu6',
  'leakyRelu',
  'elu',
  'gelu',
  'silu',
  'mish',
  'softplus',
  'prelu',
]);
const SATURATING: ReadonlySet<string> = new Set(['tanh', 'sigmoid', 'softsign', 'hardSigmoid', 'hardTanh', 'softmax']);
const ALIKE: ReadonlySet<string> = new Set(['zeros', 'ones', 'constant']);

const HE = { suggestion: 'heNormal', title: 'Use He normal' };
const GLOROT = { suggestion: 'glorotUniform', title: 'Use Glorot uniform' };
const LECUN = { suggestion: 'lecunNormal', title: 'Use LeCun normal' };

/** Advice on a node's initialisers; empty where they suit. He et al. 2015, Glorot & Bengio 2010, Klambauer et al. 2017. */
export function initializerAdvice(id: NodeId, document: NetworkDocument, inference: FlatInference): Advice[] {
  const node = document.graph.nodes[id];
  const known = inference.nodes.get(id);
  const layer = layerOf(node?.type ?? '');
  if (!node || !known?.params || !layer) return [];
  const followed = activationAfter(id, document, inference);
  return known.weights.flatMap((weight): Advice[] => {
    const param = `${keyOf(weight)}Initializer`;
    if (!weight.trainable || weight.shape.length < 2 || !layer.params[param]) return [];
    const said = adviceOn(weight.initializer, followed, () => isHidden(id, inference));
    return said ? [{ param, ...said }] : [];
  });
}

/** `query/kernel` and `kernel` are both set by `kernelInitializer`. */
const keyOf = ({ name }: Weight): string =>
  (name.split('/').at(-1) ?? name).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

type Said = Omit<Advice, 'param'>;

function adviceOn(initializer: Variant, followed: string, hidden: () => boolean): Said | null {
  const begins = typeOf(initializer);
  if (ALIKE.has(begins)) {
    if (!hidden()) return null;
    const text =
      'All weights begin alike, so all units compute the same, get the same gradient and stay alike: a hidden layer needs chance to break the symmetry.';
    return { text, ...(RECTIFIERS.has(followed) ? HE : GLOROT) };
  }
  const glorot = begins.startsWith('glorot') || begins.startsWith('lecun');
  if (glorot && RECTIFIERS.has(followed)) {
    const text =
      'ReLU and its kin let about half of each signal through, so with Glorot’s variance it fades from layer to layer. He’s variance of 2/n makes up for that.';
    return { text, ...HE };
  }
  if (begins.startsWith('he') && SATURATING.has(followed)) {
    const text = `He’s variance is meant for ReLU; before ${followed} it is twice too large and pushes units to where the curve is flat. Glorot’s suits.`;
    return { text, ...GLOROT };
  }
  if (followed === 'selu' && !begins.startsWith('lecun')) {
    return { text: 'SELU keeps mean 0 and variance 1 only with weights of variance 1/n, which is LeCun’s.', ...LECUN };
  }
  return null;
}

/** The activation a layer's result goes through next: its own, or that of the only node it feeds. */
function activationAfter(id: NodeId, { graph }: NetworkDocument, { nodes, outgoing }: FlatInference): string {
  const own = nodes.get(id)?.params?.activation;
  if (typeof own === 'string' && own !== 'linear') return own;
  const [next, ...others] = outgoing.get(id) ?? [];
  const after = next && graph.nodes[next.to[0]];
  if (!after || others.length > 0) return 'linear';
  if (after.type === 'prelu') return 'prelu';
  const name = after.type === 'activation' ? nodes.get(next.to[0])?.params?.function : undefined;
  return typeof name === 'string' ? name : 'linear';
}

/** Whether another layer with trained weights stands behind this one. */
function isHidden(id: NodeId, { nodes, outgoing }: FlatInference): boolean {
  const seen = new Set([id]);
  for (const at of seen) {
    if (at !== id && nodes.get(at)?.weights.some(({ trainable, shape }) => trainable && shape.length >= 2)) return true;
    for (const { to } of outgoing.get(at) ?? []) seen.add(to[0]);
  }
  return false;
}
