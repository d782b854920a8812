/** How long inference takes after one edit, and for a whole network. */
import { documentSchema, type Edge, type NetworkDocument, type NetworkNode, setParams } from '@/document';
import { createInferencer } from '@/inference';

/** A chain of convolution, normalisation and activation, the commonest shape of a large network. */
function chainOf(count: number): NetworkDocument {
  const nodes: Record<string, NetworkNode> = { image: { type: 'input', params: { shape: [64, 64, 16] } } };
  const edges: Edge[] = [];
  let previous = 'image';
  for (let at = 0; at < count - 1; at++) {
    const type = ['conv2d', 'batchNormalization', 'activation'][at % 3] ?? 'activation';
    const id = `n${at}`;
    nodes[id] = { type, at: [0, at * 100], ...(type === 'conv2d' && { params: { filters: 16, padding: 'same' } }) };
    edges.push({ from: [previous, 'out'], to: [id, 'in'] });
    previous = id;
  }
  return documentSchema.parse({ format: 'tensorloom', version: 1, graph: { nodes, edges } });
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function measure(count: number) {
  const loads: number[] = [];
  const kept: number[] = [];
  const widths: number[] = [];
  const start = chainOf(count);
  for (let round = 0; round < 5; round++) {
    const inferencer = createInferencer();
    const began = performance.now();
    inferencer.update(start, undefined);
    loads.push(performance.now() - began);
    let document = start;
    const timed = (edited: NetworkDocument): number => {
      document = edited;
      const before = performance.now();
      inferencer.update(document, undefined);
      return performance.now() - before;
    };
    for (let edit = 0; edit < 60; edit++) {
      const id = `n${3 * Math.floor((Math.floor(count / 3) * edit) / 61)}`;
      const activation = edit % 2 === 0 ? 'relu' : 'tanh';
      kept.push(timed(setParams(document, id, { activation })));
      widths.push(timed(setParams(document, id, { filters: 16 + (edit % 2) })));
    }
  }
  return { load: median(loads), kept: median(kept), width: median(widths) };
}

const bench = {
  title: 'Inference',
  async run() {
    measure(300);
    const rows = [100, 1000, 10_000].map((count) => {
      const { load, kept, width } = measure(count);
      return `| ${count.toLocaleString('en-US')} | ${load.toFixed(1)} | ${kept.toFixed(3)} | ${width.toFixed(3)} |`;
    });
    return {
      table: [
        '| nodes | whole network, ms | an edit that keeps the shape, ms | an edit that changes a width, ms |',
        '| ---: | ---: | ---: | ---: |',
        ...rows,
      ].join('\n'),
      notes: ['Medians, in Node, of a chain of Conv2D, BatchNormalization and Activation edited all along its length.'],
    };
  },
};

export default bench;
