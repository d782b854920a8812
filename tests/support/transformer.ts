/** The encoder and decoder of Vaswani et al. 2017, as PyTorch's nn.Transformer has them (normalisation after each part). */
import type { Edge, Json, NetworkDocument, NetworkNode } from '@/document';
import { asDocument } from './networks';

export interface TransformerSize {
  width: number;
  heads: number;
  hidden: number;
  encoders: number;
  decoders: number;
}

export function transformer({ width, heads, hidden, encoders, decoders }: TransformerSize): NetworkDocument {
  const nodes: Record<string, NetworkNode> = {};
  const edges: Edge[] = [];
  const put = (
    id: string,
    type: string,
    params: Record<string, Json>,
    wires: [from: string, port: string][] = [],
  ): string => {
    nodes[id] = { type, params };
    for (const [from, port] of wires) edges.push({ from: [from, 'out'], to: [id, port] });
    return id;
  };
  const attend = (id: string, query: string, value: string): string =>
    put(id, 'multiHeadAttention', { numHeads: heads, keyDim: width / heads }, [
      [query, 'query'],
      [value, 'value'],
    ]);
  const addAndNorm = (id: string, skip: string, branch: string): string => {
    const sum = put(`${id}_add`, 'add', {}, [
      [skip, 'in'],
      [branch, 'in'],
    ]);
    return put(`${id}_norm`, 'layerNormalization', {}, [[sum, 'in']]);
  };
  const feedForward = (id: string, x: string): string => {
    const wide = put(`${id}_wide`, 'dense', { units: hidden, activation: 'relu' }, [[x, 'in']]);
    return put(`${id}_narrow`, 'dense', { units: width }, [[wide, 'in']]);
  };
  let memory = put('source', 'input', { shape: [null, width] });
  for (let at = 1; at <= encoders; at++) {
    const attended = addAndNorm(`e${at}_self`, memory, attend(`e${at}_attention`, memory, memory));
    memory = addAndNorm(`e${at}_ff`, attended, feedForward(`e${at}`, attended));
  }
  if (decoders === 0) return asDocument(nodes, edges);
  if (encoders > 0) memory = put('encoder_norm', 'layerNormalization', {}, [[memory, 'in']]);
  let x = put('target', 'input', { shape: [null, width] });
  for (let at = 1; at <= decoders; at++) {
    const attended = addAndNorm(`d${at}_self`, x, attend(`d${at}_attention`, x, x));
    const crossed = addAndNorm(`d${at}_cross`, attended, attend(`d${at}_cross`, attended, memory));
    x = addAndNorm(`d${at}_ff`, crossed, feedForward(`d${at}`, crossed));
  }
  if (encoders > 0) put('decoder_norm', 'layerNormalization', {}, [[x, 'in']]);
  return asDocument(nodes, edges);
}
