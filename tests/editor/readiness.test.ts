import { describe, expect, it } from 'vitest';
import { datasetInfo } from '@/datasets';
import { moveNodes, type NetworkDocument, readDocument, renameNode, setParams, setTraining } from '@/document';
import { nextSteps } from '@/editor/training/nextSteps';
import { drawableFor, obstacleTo, readableFor } from '@/editor/training/readiness';
import { gruNovel, lstmPronunciation, lstmPunctuation, rnnNames } from '@/gallery/sequences/small';
import { inferDocument } from '@/inference';
import { changeSince } from '@/state/run/structure';
import type { SavedWeights } from '@/state/run/types';

const network: NetworkDocument = readDocument({
  format: 'tensorloom',
  version: 1,
  graph: {
    nodes: {
      image: { type: 'input' },
      flat: { type: 'flatten' },
      out: { type: 'dense', params: { units: 10, activation: 'softmax' } },
      loss: { type: 'crossEntropy' },
    },
    edges: [
      { from: ['image', 'out'], to: ['flat', 'in'] },
      { from: ['flat', 'out'], to: ['out', 'in'] },
      { from: ['out', 'out'], to: ['loss', 'in'] },
    ],
  },
  training: { dataset: 'digits' },
});

const obstacle = (document: NetworkDocument) =>
  obstacleTo(document, inferDocument(document, datasetInfo(document.training.dataset ?? '')?.fields));

const weights: SavedWeights = {
  document: network,
  bundle: { tensors: [], epoch: 3 },
  accuracy: 0.97,
  loss: 0.1,
  savedAt: 0,
};

describe('what stands between a network and its training', () => {
  it('is nothing for a whole network with a data set', () => {
    expect(obstacle(network)).toBeNull();
  });

  it('is its problems, counted', () => {
    expect(obstacle(setParams(network, 'out', { units: 7 }))).toEqual({ text: '1 problem', leadsTo: 'problems' });
  });

  it('is a missing data set', () => {
    const without = setTraining(setParams(network, 'image', { shape: [8, 8, 1] }), { dataset: undefined });
    expect(obstacle(without)).toEqual({ text: 'No data set chosen.', leadsTo: 'data' });
  });
});

describe('typing for a network', () => {
  it.each([
    [rnnNames, { kind: 'label', unit: 'character', steps: 12, classes: 2 }],
    [lstmPunctuation, { kind: 'tags', unit: 'word', steps: 32, classes: 8 }],
    [gruNovel, { kind: 'continue', unit: 'character', steps: 64, classes: 63 }],
    [lstmPronunciation, { kind: 'write', unit: 'character', steps: 12, classes: 42 }],
  ])('is offered for one text and its answer: $name', (document, expected) => {
    const { task, unit, steps, classes } = readableFor(document) ?? {};
    expect({ kind: task?.kind, unit, steps, classes: classes?.length }).toEqual(expected);
  });

  it('is not offered for pictures, nor where other fields are read', () => {
    expect(readableFor(network)).toBeNull();
    expect(readableFor(setParams(rnnNames, 'letters', { field: 'label' }))).toBeNull();
    expect(readableFor(setParams(lstmPronunciation, 'written', { field: 'letters' }))).toBeNull();
  });
});

describe('drawing for a network', () => {
  it('is offered for one grey picture and a class', () => {
    expect(drawableFor(network)).toMatchObject({ width: 8, height: 8, classes: { length: 10 } });
  });

  it('is not offered without classes to choose from', () => {
    expect(drawableFor(setParams(network, 'loss', { target: 'image' }))).toBeNull();
  });
});

describe('a document after its run has begun', () => {
  it('is the same network when only names, places and written-out defaults differ', () => {
    const moved = renameNode(moveNodes(network, { out: [5, 5] }), 'out', 'scores');
    expect(changeSince(network, moved)).toBeNull();
    expect(changeSince(network, setParams(network, 'out', { useBias: true }))).toBeNull();
  });

  it('is another network with another shape, and has other settings with another batch size', () => {
    expect(changeSince(network, setParams(network, 'out', { units: 12 }))).toBe('network');
    expect(changeSince(network, setTraining(network, { batchSize: 8 }))).toBe('settings');
  });
});

describe('after a failure', () => {
  it('a loss that is no number asks for a lower learning rate, and edits the document', () => {
    const [step] = nextSteps({ code: 'not-a-number', message: '', next: '' }, network, weights, 'auto');
    expect(step?.title).toBe('Learning rate 0.0001, train again');
    expect(step?.change?.apply(network).training.phases[0]?.optimizer.learningRate).toBe(0.0001);
  });

  it('a dead worker offers to go on from the last weights, unless the network has changed', () => {
    const failure = { code: 'worker', message: '', next: '' } as const;
    expect(nextSteps(failure, network, weights, 'auto').map(({ title }) => title)).toEqual([
      'Continue from epoch 3',
      'Train again',
    ]);
    const changed = setParams(network, 'out', { units: 12 });
    expect(nextSteps(failure, changed, weights, 'auto').map(({ title }) => title)).toEqual(['Train again']);
  });

  it('too little memory asks for a smaller batch', () => {
    const [step] = nextSteps({ code: 'memory', message: '', next: '' }, network, null, 'auto');
    expect(step?.change?.apply(network).training.batchSize).toBe(32);
  });
});
