/** A network for each kind of problem, what is said about it, and a way out that is offered. */

type Params = Record<string, unknown>;
type Wire = readonly [from: string, to: string, port?: string];

const network = (
  nodes: Record<string, { type: string; params?: Params }>,
  wires: readonly Wire[],
  dataset?: string,
) => ({
  format: 'tensorloom',
  version: 1,
  name: 'Problem',
  graph: {
    nodes: Object.fromEntries(Object.entries(nodes).map(([id, node], row) => [id, { ...node, at: [0, row * 130] }])),
    edges: wires.map(([from, to, port = 'in']) => ({ from: [from, 'out'], to: [to, port] })),
  },
  ...(dataset !== undefined && { training: { dataset } }),
});

const input = (...shape: number[]) => ({ type: 'input', params: { shape } });
const dense = (units: number, more: Params = {}) => ({ type: 'dense', params: { units, ...more } });
const conv = (filters: number, more: Params = {}) => ({ type: 'conv2d', params: { filters, ...more } });

export interface ProblemCase {
  title: string;
  network: ReturnType<typeof network>;
  says: RegExp;
  repair: string;
}

export const PROBLEM_CASES: readonly ProblemCase[] = [
  {
    title: 'a wrong rank',
    network: network({ row: input(64), conv1: conv(4) }, [['row', 'conv1']]),
    says: /works on an image/,
    repair: 'Insert Reshape to 8×8×1',
  },
  {
    title: 'a forgotten Flatten',
    network: network({ image: input(8, 8, 1), out: dense(10) }, [['image', 'out']]),
    says: /works on its last axis only/,
    repair: 'Insert Flatten',
  },
  {
    title: 'an addition of different sizes',
    network: network({ image: input(8, 8, 4), conv1: conv(8, { padding: 'same' }), sum: { type: 'add' } }, [
      ['image', 'conv1'],
      ['image', 'sum'],
      ['conv1', 'sum'],
    ]),
    says: /8×8×4/,
    repair: '1×1',
  },
  {
    title: 'a window larger than the image',
    network: network({ image: input(4, 4, 1), conv1: conv(4, { kernelSize: [5, 5] }) }, [['image', 'conv1']]),
    says: /does not fit into an input of 4×4×1/,
    repair: 'Make padding “same”',
  },
  {
    title: 'a circle',
    network: network({ row: input(8), a: { type: 'add' }, b: dense(8) }, [
      ['row', 'a'],
      ['a', 'b'],
      ['b', 'a'],
    ]),
    says: /closes a circle/,
    repair: 'Take that wire away',
  },
  {
    title: 'a missing input',
    network: network({ row: input(8), out: dense(2) }, []),
    says: /Nothing is wired to it yet/,
    repair: 'Wire it to the last open output',
  },
  {
    title: 'two wires where one fits',
    network: network({ row: input(8), a: dense(4), b: dense(4), out: dense(2) }, [
      ['row', 'a'],
      ['row', 'b'],
      ['a', 'out'],
      ['b', 'out'],
    ]),
    says: /2 wires end in/,
    repair: 'Add them first',
  },
  {
    title: 'an unused output',
    network: network(
      {
        image: { type: 'input' },
        flat: { type: 'flatten' },
        out: dense(10, { activation: 'softmax' }),
        loose: dense(3),
        loss: { type: 'crossEntropy' },
      },
      [
        ['image', 'flat'],
        ['flat', 'out'],
        ['flat', 'loose'],
        ['out', 'loss'],
      ],
      'digits',
    ),
    says: /Its output is not used/,
    repair: 'Remove it',
  },
  {
    title: 'an output that does not fit the classes',
    network: network(
      {
        image: { type: 'input' },
        flat: { type: 'flatten' },
        out: dense(7, { activation: 'softmax' }),
        loss: { type: 'crossEntropy' },
      },
      [
        ['image', 'flat'],
        ['flat', 'out'],
        ['out', 'loss'],
      ],
      'digits',
    ),
    says: /has 10 classes/,
    repair: '10',
  },
  {
    title: 'probabilities that are none',
    network: network(
      { image: { type: 'input' }, flat: { type: 'flatten' }, out: dense(10), loss: { type: 'crossEntropy' } },
      [
        ['image', 'flat'],
        ['flat', 'out'],
        ['out', 'loss'],
      ],
      'digits',
    ),
    says: /does not come from softmax/,
    repair: 'End in softmax',
  },
  {
    title: 'a hyperparameter out of range',
    network: network({ row: input(8), out: dense(-3) }, [['row', 'out']]),
    says: /must be a whole number/,
    repair: 'Back to the default',
  },
  {
    title: 'an unknown layer type',
    network: network({ row: input(8), odd: { type: 'hologram' }, out: dense(2) }, [
      ['row', 'odd'],
      ['odd', 'out'],
    ]),
    says: /There is no layer type “hologram”/,
    repair: 'Remove it',
  },
];
