/** How long inference takes after one edit, and for a whole network. */
import {
  addNode,
  connect,
  disconnect,
  documentSchema,
  type Edge,
  insertOnEdge,
  type NetworkDocument,
  type NetworkNode,
  removeNodes,
  setParams,
} from '@/document';
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

const ROUNDS = 5;
const PLACES = 60;

/** Every edit at places all along the chain, in the order in which a person would make them. */
const EDITS = [
  'an edit that keeps the shape',
  'an edit that changes a width',
  'add a node',
  'wire two',
  'unwire',
  'remove a node',
  'insert into a wire',
  'remove from a chain',
  'undo that',
] as const;

type Times = Record<'whole network' | (typeof EDITS)[number], number[]>;

function measure(count: number): Times {
  const times = Object.fromEntries(['whole network', ...EDITS].map((name) => [name, []])) as unknown as Times;
  const start = chainOf(count);
  for (let round = 0; round < ROUNDS; round++) {
    const inferencer = createInferencer();
    /** The time until all is known of an edited network: shapes, totals, problems and order. */
    const timed = (name: keyof Times, document: NetworkDocument): NetworkDocument => {
      const before = performance.now();
      const { totals, problems, order } = inferencer.update(document, undefined);
      const wrong = problems.some(({ code }) => code !== 'missing-input');
      times[name].push(performance.now() - before);
      const size = Object.keys(document.graph.nodes).length;
      if (wrong || order.length !== size || (problems.length === 0) !== (totals !== null))
        throw new Error(`the benchmark's own network is wrong after: ${name}`);
      return document;
    };
    let document = timed('whole network', start);
    for (let place = 0; place < PLACES; place++) {
      const at = 3 * Math.floor((Math.floor((count - 2) / 3) * place) / PLACES);
      const [conv, next] = [`n${at}`, `n${at + 1}`];
      document = timed(EDITS[0], setParams(document, conv, { activation: place % 2 === 0 ? 'relu' : 'tanh' }));
      document = timed(EDITS[1], setParams(document, conv, { filters: 16 + ((place + round + 1) % 2) }));
      const added = addNode(document, { type: 'dropout' });
      document = timed('add a node', added.document);
      document = timed('wire two', connect(document, [conv, 'out'], [added.id, 'in']));
      document = timed('unwire', disconnect(document, { from: [conv, 'out'], to: [added.id, 'in'] }));
      document = timed('remove a node', removeNodes(document, [added.id]));
      const wire: Edge = { from: [conv, 'out'], to: [next, 'in'] };
      const inserted = insertOnEdge(document, wire, { type: 'dropout' });
      document = timed('insert into a wire', inserted.document);
      timed(
        'remove from a chain',
        removeNodes(document, [inserted.id], () => true),
      );
      timed('undo that', document);
    }
  }
  return times;
}

const bench = {
  title: 'Inference',
  async run() {
    measure(300);
    const counts = [100, 1000, 10_000];
    const columns = counts.map((count) => measure(count));
    const rows = (['whole network', ...EDITS] as const).map((name) => {
      const digits = name === 'whole network' ? 1 : 3;
      return `| ${name} | ${columns.map((times) => median(times[name]).toFixed(digits)).join(' | ')} |`;
    });
    return {
      table: [
        `| milliseconds, for so many nodes: | ${counts.map((count) => count.toLocaleString('en-US')).join(' | ')} |`,
        `| :--- | ${counts.map(() => '---:').join(' | ')} |`,
        ...rows,
      ].join('\n'),
      notes: [
        'Medians, in Node, of a chain of Conv2D, BatchNormalization and Activation edited all along its length: ' +
          'until shapes, totals, problems and order are known. What an edit changes further on is looked at, too, ' +
          'and costs as much as it does of a whole network.',
      ],
    };
  },
};

export default bench;
