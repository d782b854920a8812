import { describe, expect, it } from 'vitest';
import { datasetInfo } from '@/datasets';
import { connect, disconnect, type NetworkDocument, removeNodes, setParams, setTraining } from '@/document';
import { lenet5 as lenet } from '@/gallery/convolutional/lenet5';
import { applyRepair, canInsert, healsBetween, inferDocument, refusalToConnect } from '@/inference';
import { asDocument, chain } from '../support/networks';

const fields = datasetInfo('mnist')?.fields;

const edgeTo = (document: NetworkDocument, id: string) => {
  const edge = document.graph.edges.find(({ to }) => to[0] === id);
  if (!edge) throw new Error(`no wire to ${id}`);
  return edge;
};

/** An image that takes two ways to an Add or Concatenate. */
const twoWays = (type: string, params: Record<string, never> | object, stride = 1): NetworkDocument =>
  asDocument(
    {
      image: { type: 'input', params: { shape: [16, 16, 3] } },
      way: { type: 'conv2d', params: { filters: 8, kernelSize: [3, 3], strides: [stride, stride], ...params } },
      meet: { type },
    },
    [
      { from: ['image', 'out'], to: ['way', 'in'] },
      { from: ['way', 'out'], to: ['meet', 'in'] },
      { from: ['image', 'out'], to: ['meet', 'in'] },
    ],
  );

/** An image of any size, halved three times, made larger again, and met with itself. */
const hourglass = (type: string): NetworkDocument =>
  asDocument(
    {
      image: { type: 'input', params: { shape: [null, null, 3] } },
      down: { type: 'maxPooling2d', params: { poolSize: [4, 4] } },
      half: { type: 'conv2d', params: { filters: 3, strides: 2, padding: 'same' } },
      up: { type: 'upSampling2d', params: { size: [8, 8] } },
      meet: { type },
    },
    [
      { from: ['image', 'out'], to: ['down', 'in'] },
      { from: ['down', 'out'], to: ['half', 'in'] },
      { from: ['half', 'out'], to: ['up', 'in'] },
      { from: ['up', 'out'], to: ['meet', 'in'] },
      { from: ['image', 'out'], to: ['meet', 'in'] },
    ],
  );

interface Case {
  title: string;
  document: NetworkDocument;
  fields?: typeof fields;
  node: string;
  message: RegExp;
  repairs: (string | RegExp)[];
}

const cases: Case[] = [
  {
    title: 'wrong rank: a row into a convolution',
    document: chain([64], ['conv2d']),
    node: 'n1',
    message: /Conv2D works on an image .* but gets 64, a row of features/,
    repairs: ['Insert Reshape to 8×8×1', 'Insert Reshape to 1×1×64'],
  },
  {
    title: 'a forgotten Flatten',
    document: chain([8, 8, 3], ['dense']),
    node: 'n1',
    message: /gets an image of 8×8×3 and works on its last axis only/,
    repairs: ['Insert Flatten', 'Insert GlobalAveragePooling2D'],
  },
  {
    title: 'an addition that fits for some sizes only',
    document: hourglass('add'),
    node: 'meet',
    message: /and H×W×3 can be added for some sizes only/,
    repairs: ['Take sizes that divide by 8'],
  },
  {
    title: 'tensors that join for some sizes only',
    document: hourglass('concatenate'),
    node: 'meet',
    message: /can be joined along axis 3 for some sizes only/,
    repairs: ['Take sizes that divide by 8'],
  },
  {
    title: 'mismatched addition: channels',
    document: twoWays('add', { padding: 'same' }),
    node: 'meet',
    message: /16×16×8 and 16×16×3 cannot be added/,
    repairs: [/1×1 projection/, /1×1 projection/, 'Take the last wire away'].slice(0, 2),
  },
  {
    title: 'mismatched addition: a strided way',
    document: twoWays('add', { padding: 'same' }, 2),
    node: 'meet',
    message: /8×8×8 and 16×16×3 cannot be added/,
    repairs: ['1×1 projection of 16×16×3'],
  },
  {
    title: 'mismatched addition: shrunk by “valid”',
    document: twoWays('add', { filters: 3 }),
    node: 'meet',
    message: /14×14×3 and 16×16×3 cannot be added/,
    repairs: ['Padding “same” on the way'],
  },
  {
    title: 'mismatched concatenation',
    document: twoWays('concatenate', {}),
    node: 'meet',
    message: /14×14×8 and 16×16×3 cannot be joined/,
    repairs: ['Padding “same” on the way of the first'],
  },
  {
    title: 'impossible size: a kernel',
    document: chain([4, 4, 1], ['conv2d', { kernelSize: [5, 5] }]),
    node: 'n1',
    message: /A 5×5 kernel does not fit into an input of 4×4×1/,
    repairs: ['Make padding “same”', 'Shrink the window to 4×4'],
  },
  {
    title: 'impossible size: a pooling window',
    document: chain([1, 1, 4], ['maxPooling2d']),
    node: 'n1',
    message: /A 2×2 pooling window does not fit into an input of 1×1×4/,
    repairs: ['Make padding “same”', 'Shrink the window to 1×1'],
  },
  {
    title: 'a cycle',
    document: connect(chain([4, 4, 1], ['add'], ['activation'], ['dropout']), ['n2', 'out'], ['n1', 'in']),
    node: 'n1',
    message: /closes a circle/,
    repairs: [],
  },
  {
    title: 'a cycle around a whole network',
    document: connect(twoWays('add', { filters: 3, padding: 'same' }), ['meet', 'out'], ['meet', 'in']),
    node: 'meet',
    message: /The wire from “meet” to “meet” closes a circle/,
    repairs: ['Take that wire away'],
  },
  {
    title: 'a missing input',
    document: disconnect(lenet, edgeTo(lenet, 'dense1')),
    fields,
    node: 'dense1',
    message: /Nothing is wired to it yet/,
    repairs: ['Wire it to the last open output'],
  },
  {
    title: 'an unused node',
    document: connect(lenet, ['dense1', 'out'], ['dense3', 'in'], { replace: true }),
    fields,
    node: 'dense2',
    message: /Its output is not used/,
    repairs: ['Remove it'],
  },
  {
    title: 'too few classes',
    document: setParams(lenet, 'dense3', { units: 7 }),
    fields,
    node: 'loss',
    message: /The prediction is 7, but 10 is needed: “label” has 10 classes/,
    repairs: ['Make the last layer 10 wide'],
  },
  {
    title: 'a field the data set has not',
    document: setParams(lenet, 'loss', { target: 'colour' }),
    fields,
    node: 'loss',
    message: /no field “colour”/,
    repairs: ['Compare with “label”'],
  },
  {
    title: 'a shape the data set has not',
    document: setParams(lenet, 'image', { field: 'image', shape: [32, 32, 1] }),
    fields,
    node: 'image',
    message: /expects 32×32×1, but “image” of the data set is 28×28×1/,
    repairs: ['Take the data set’s shape'],
  },
  {
    title: 'a loss that expects probabilities',
    document: setParams(lenet, 'dense3', { activation: undefined }),
    fields,
    node: 'loss',
    message: /expects probabilities, but the prediction does not come from softmax/,
    repairs: ['End in softmax', 'Say that these are logits'],
  },
  {
    title: 'a loss that expects logits',
    document: setParams(lenet, 'loss', { from: 'logits' }),
    fields,
    node: 'loss',
    message: /went through softmax already/,
    repairs: ['Say that these are probabilities'],
  },
  {
    title: 'an image before the loss',
    document: removeNodes(lenet, ['flatten', 'dense1', 'dense2', 'dense3'], () => true),
    fields,
    node: 'loss',
    message: /The prediction is 5×5×16, but 10 is needed/,
    repairs: ['Insert Flatten and Dense(10)'],
  },
  {
    title: 'a yes-or-no answer for ten classes',
    document: setParams(setParams(lenet, 'loss', { mode: 'binary' }), 'dense3', { units: 1, activation: 'sigmoid' }),
    fields,
    node: 'loss',
    message: /“label” has 10 classes; a yes-or-no answer knows two/,
    repairs: [],
  },
  {
    title: 'groups that do not divide',
    document: chain([8, 8, 3], ['conv2d', { groups: 2, filters: 4 }]),
    node: 'n1',
    message: /2 groups do not divide 3 input channels/,
    repairs: ['Use one group'],
  },
  {
    title: 'a parameter out of range',
    document: chain([8], ['dense', { units: 0 }]),
    node: 'n1',
    message: /Units must be a whole number, between 1 and/,
    repairs: ['Back to the default'],
  },
  {
    title: 'an unknown layer',
    document: chain([8], ['teleport']),
    node: 'n1',
    message: /There is no layer type “teleport”/,
    repairs: ['Remove it'],
  },
  {
    title: 'a reshape that does not fit',
    document: chain([10], ['reshape', { targetShape: [3, 4] }]),
    node: 'n1',
    message: /10 holds 10 values; 3×4 cannot hold just as many/,
    repairs: ['Make it one row (−1)'],
  },
  {
    title: 'a lone wire into Add',
    document: chain([4], ['add'], ['dense']),
    node: 'n1',
    message: /at least two wires/,
    repairs: ['Remove it'],
  },
  {
    title: 'two wires into a port for one',
    document: connect(chain([4], ['dense', { units: 4 }], ['dropout']), ['input', 'out'], ['n2', 'in']),
    node: 'n2',
    message: /2 wires end in “Tensor”, which takes one/,
    repairs: ['Add them first', 'Concatenate them first', 'Take wire 1 away', 'Take wire 2 away'],
  },
  {
    title: 'a tie that does not fit',
    document: (() => {
      const two = chain([4], ['dense', { units: 4 }], ['dense', { units: 5 }]);
      const { nodes } = two.graph;
      return {
        ...two,
        graph: { ...two.graph, nodes: { ...nodes, n2: { type: 'dense', params: { units: 5 }, tiedTo: 'n1' } } },
      };
    })(),
    node: 'n2',
    message: /shares the weights of “n1” \(4×4, 4\), but would need 4×5, 5/,
    repairs: ['Give it weights of its own'],
  },
  {
    title: 'padding that counts as an answer',
    document: asDocument(
      {
        words: { type: 'input', params: { field: 'words' } },
        embedding: { type: 'embedding', params: { inputDim: 4000, outputDim: 8 } },
        marks: { type: 'dense', params: { units: 8, activation: 'softmax' } },
        loss: { type: 'crossEntropy', params: { target: 'marks' } },
      },
      [
        { from: ['words', 'out'], to: ['embedding', 'in'] },
        { from: ['embedding', 'out'], to: ['marks', 'in'] },
        { from: ['marks', 'out'], to: ['loss', 'in'] },
      ],
    ),
    fields: datasetInfo('punctuation')?.fields,
    node: 'loss',
    message: /“marks” is padded, but no mask reaches the loss/,
    repairs: [],
  },
  {
    title: 'a table with fewer rows than the data have words',
    document: asDocument(
      {
        words: { type: 'input', params: { field: 'words' } },
        embedding: { type: 'embedding', params: { inputDim: 1000, outputDim: 8 } },
      },
      [{ from: ['words', 'out'], to: ['embedding', 'in'] }],
    ),
    fields: datasetInfo('reviews')?.fields,
    node: 'embedding',
    message: /5,000 different indices, padding included, but the table has 1,000 rows/,
    repairs: ['Make a row for each of 5,000'],
  },
];

describe('problems and their repairs', () => {
  it.each(cases.map((given) => [given.title, given] as const))(
    '%s',
    (_, { document, fields: known, node, message, repairs }) => {
      const inference = inferDocument(document, known);
      const problem = inference.problems.find(
        (candidate) => candidate.node === node && message.test(candidate.message),
      );
      if (!problem)
        throw new Error(
          `found only: ${inference.problems.map((other) => `${other.node}: ${other.message}`).join('; ')}`,
        );
      const offered = problem.repairs.map(({ title }) => title);
      for (const title of repairs) {
        expect(
          offered.some((other) => (typeof title === 'string' ? other === title : title.test(other))),
          `${title} among ${offered}`,
        ).toBe(true);
      }
      for (const repair of problem.repairs) {
        const repaired = applyRepair(document, problem, repair, inference);
        const after = inferDocument(repaired, known).problems;
        expect(after.map((other) => `${other.node} ${other.message}`)).not.toContain(
          `${problem.node} ${problem.message}`,
        );
      }
    },
  );

  it('withhold the totals while an error stands, and not for a warning', () => {
    expect(inferDocument(setParams(lenet, 'dense3', { units: 7 }), fields).totals).toBeNull();
    expect(inferDocument(setParams(lenet, 'dense3', { activation: undefined }), fields).totals?.parameters).toBe(
      61_706,
    );
  });

  it('follow the data set', () => {
    const on8x8 = setTraining(lenet, { dataset: 'digits' });
    const messages = inferDocument(on8x8, datasetInfo('digits')?.fields).problems.map(({ node }) => node);
    expect(messages).toEqual(['conv2']);
  });
});

describe('a wire', () => {
  const inference = inferDocument(lenet, fields);
  const refusal = (from: string, to: string, port = 'in') =>
    refusalToConnect(lenet, inference, [from, 'out'], [to, port]);

  it('is refused with a reason, or fits', () => {
    expect(refusal('dense3', 'conv1')).toBe('This would make a circle.');
    expect(refusal('loss', 'dense1')).toMatch(/A loss ends the network/);
    expect(refusal('conv1', 'conv1')).toBe('A layer cannot feed itself.');
    expect(refusal('flatten', 'image')).toMatch(/takes no wire/);
    expect(refusal('pool1', 'dense2')).toBeNull();
    expect(refusal('image', 'conv2')).toBeNull();
  });

  it('is refused where the rank is wrong', () => {
    const two = chain([28, 28, 1], ['flatten'], ['dense'], ['dropout']);
    const loose = asDocument({ ...two.graph.nodes, conv: { type: 'conv2d' } }, two.graph.edges);
    expect(refusalToConnect(loose, inferDocument(loose, undefined), ['n2', 'out'], ['conv', 'in'])).toMatch(
      /Conv2D works on an image/,
    );
  });

  it('takes a layer that fits', () => {
    const edge = edgeTo(lenet, 'conv2');
    expect(canInsert(lenet, inference, edge, 'batchNormalization')).toBe(true);
    expect(canInsert(lenet, inference, edge, 'crossEntropy')).toBe(false);
    expect(canInsert(lenet, inference, edgeTo(lenet, 'dense2'), 'conv2d')).toBe(false);
  });

  it('heals around a deleted layer only where that fits', () => {
    const heals = healsBetween(lenet, inference);
    expect(heals(['conv1', 'out'], ['conv2', 'in'], 'pool1')).toBe(true);
    const flat = chain([6], ['reshape', { targetShape: [1, 2, 3] }], ['conv2d', { kernelSize: [1, 1] }]);
    expect(healsBetween(flat, inferDocument(flat, undefined))(['input', 'out'], ['n2', 'in'], 'n1')).toBe(false);
  });
});

describe('sample weights', () => {
  const number = (shape: number[]) => ({ kind: 'number', shape, dtype: 'float32' }) as const;
  const known = {
    image: number([5]),
    y: number([6, 2]),
    each: number([]),
    step: number([6]),
    wide: number([7]),
  };
  const weighed = (sampleWeights: string): string | undefined => {
    const document = chain(
      [5],
      ['dense', { units: 12 }],
      ['reshape', { targetShape: [6, 2] }],
      ['meanSquaredError', { target: 'y', sampleWeights }],
    );
    return inferDocument(document, known).problems.find(({ severity }) => severity === 'error')?.message;
  };

  it('are one number a sample, or one a place', () => {
    expect(weighed('each')).toBeUndefined();
    expect(weighed('step')).toBeUndefined();
    expect(weighed('wide')).toMatch(/“wide” is .*7, but there is one loss for each place/);
    expect(weighed('none')).toMatch(/no field “none”/);
  });
});

describe('ties', () => {
  it('count once', () => {
    const twin = asDocument(
      {
        a: { type: 'input', params: { shape: [4] } },
        b: { type: 'input', params: { shape: [4], field: 'other' } },
        left: { type: 'dense', params: { units: 3 } },
        right: { type: 'dense', params: { units: 3 }, tiedTo: 'left' },
        both: { type: 'concatenate' },
      },
      [
        { from: ['a', 'out'], to: ['left', 'in'] },
        { from: ['b', 'out'], to: ['right', 'in'] },
        { from: ['left', 'out'], to: ['both', 'in'] },
        { from: ['right', 'out'], to: ['both', 'in'] },
      ],
    );
    expect(inferDocument(twin, undefined).totals).toMatchObject({ parameters: 15, macs: 24 });
  });
});
