/** One layer of several inputs, as inference sees it. */
import { compile, toKerasJson } from '@/compiler';
import type { Edge, Json, NetworkDocument, NetworkNode } from '@/document';
import { applyRepair, inferDocument } from '@/inference';
import { formatBatchShape } from '@/layers';
import { asDocument } from '../support/networks';

type Shape = (number | null)[];

/** @param wires the port and the shape of each, in order */
export function joined(type: string, wires: [port: string, shape: Shape][], params: Record<string, Json> = {}) {
  const nodes: Record<string, NetworkNode> = { layer: { type, params } };
  const edges: Edge[] = [];
  for (const [at, [port, shape]] of wires.entries()) {
    nodes[`x${at}`] = { type: 'input', params: { shape } };
    edges.push({ from: [`x${at}`, 'out'], to: ['layer', port] });
  }
  return described(asDocument(nodes, edges));
}

function described(document: NetworkDocument) {
  const inference = inferDocument(document, undefined);
  const known = inference.nodes.get('layer');
  const [problem] = inference.problems.filter(({ node }) => node === 'layer');
  return {
    output: known?.output ? formatBatchShape(known.output.shape) : null,
    parameters: known?.parameters,
    macs: known?.macs,
    weights: known?.weights.map(({ name, shape }) => `${name} ${shape.join('×')}`) ?? [],
    known,
    message: problem?.message ?? null,
    repairs: problem?.repairs?.map(({ title }) => title) ?? [],
    /** The message that is left once the repair of a title is made; null where all is well. */
    after(title: string): string | null {
      const repair = problem?.repairs?.find((one) => one.title === title);
      if (!problem || !repair) throw new Error(`no repair “${title}”`);
      return described(applyRepair(document, problem, repair, inference)).message;
    },
    /** How Keras writes the call and the settings. */
    keras(): { call: Json; config: Record<string, Json> } {
      const { config } = toKerasJson(compile(document, { fields: undefined }).model) as {
        config: { layers: { name: string; config: Record<string, Json>; inbound_nodes: Json[] }[] };
      };
      const layer = config.layers.find(({ name }) => name === 'layer');
      return { call: layer?.inbound_nodes[0] ?? null, config: layer?.config ?? {} };
    },
  };
}
