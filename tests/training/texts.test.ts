/** What a probe and a question say of networks that read texts. */
import { describe, expect, it } from 'vitest';
import type { Column, Dataset, FieldSpec, Fields } from '@/datasets';
import type { NetworkDocument } from '@/document';
import type { Probe } from '@/training/protocol';
import { asDocument } from '../support/networks';
import { recorded, told } from './support';

const STEPS = 4;
const WORDS = ['', '<unknown>', 'red', 'blue', 'sea', 'rose'];

const words: FieldSpec = {
  kind: 'tokens',
  shape: [STEPS],
  dtype: 'int32',
  vocabulary: { unit: 'word', size: WORDS.length, entries: WORDS },
};

/** Is it a colour or a thing? */
const KINDS = ['padding', 'colour', 'thing'];
const kindOf = (word: number): number => (word === 0 ? 0 : word < 4 ? 1 : 2);

const TEXTS = [
  [2, 5, 0, 0],
  [3, 4, 2, 5],
  [5, 0, 0, 0],
  [4, 3, 0, 0],
];

function texts(fields: Fields, columns: Record<string, number[]>): Dataset {
  const size = 80;
  const column = (spec: FieldSpec, values: number[]): Column => ({
    spec,
    data: Uint8Array.from(
      { length: (size * values.length) / TEXTS.length },
      (_, at) => values[at % values.length] ?? 0,
    ),
    scale: 1,
    ...(spec.kind === 'tokens' && { entries: WORDS }),
  });
  return {
    info: {
      id: 'texts',
      title: 'Texts',
      summary: '',
      fields,
      samples: { train: 60, test: 20 },
      bytes: 0,
      licence: { name: '', url: '' },
      source: { title: '', url: '' },
    },
    size,
    columns: Object.fromEntries(
      Object.entries(fields).map(([name, spec]) => [name, column(spec, columns[name] ?? [])]),
    ),
  };
}

const chain = (nodes: NetworkDocument['graph']['nodes']): NetworkDocument => {
  const ids = Object.keys(nodes);
  const edges = ids.slice(1).map((id, at) => ({ from: [ids[at] ?? '', 'out'], to: [id, 'in'] }));
  return asDocument(nodes, edges as NetworkDocument['graph']['edges'], {
    dataset: 'texts',
    batchSize: 20,
    epochs: 20,
    phases: [{ optimizer: { type: 'adam', learningRate: 0.05 } }],
  });
};

async function trained(document: NetworkDocument, dataset: Dataset) {
  const { session, events } = recorded({ dataset });
  await session.start({ document, backend: 'wasm' });
  return { session, events, probe: told(events, 'probe').at(-1)?.probe as Probe };
}

const tags: FieldSpec = { kind: 'class', shape: [STEPS], dtype: 'int32', classes: KINDS };

const tagger = chain({
  words: { type: 'input', params: { field: 'words' } },
  embedding: { type: 'embedding', params: { inputDim: WORDS.length, outputDim: 4, maskZero: true } },
  read: { type: 'gru', params: { units: 4, returnSequences: true } },
  dense: { type: 'dense', params: { units: 3, activation: 'softmax' } },
  loss: { type: 'crossEntropy', params: { target: 'tags' } },
});

const tagged = texts({ words, tags }, { words: TEXTS.flat(), tags: TEXTS.flat().map(kindOf) });

describe('a class for each word', () => {
  it('is learnt, judged without padding, and shown text by text', async () => {
    const { probe, session } = await trained(tagger, tagged);
    expect(probe.task).toBe('tags');
    expect(probe.samples).toEqual([]);
    expect(probe.confusion).toEqual([
      [0, 0, 0],
      [0, 20, 0],
      [0, 0, 25],
    ]);
    expect(probe.sequences).toHaveLength(20);
    const [first] = probe.sequences;
    expect(first?.text).toEqual({ unit: 'word', entries: ['red', 'rose'] });
    expect(first?.actual).toEqual([1, 2]);
    expect(first?.predicted).toEqual([1, 2]);

    const answer = await session.predict({ words: Float32Array.of(3, 5, 0, 0) });
    expect(answer).toHaveLength(STEPS * 3);
    expect(answer.slice(0, 3).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    expect([answer[1], answer[5]].every((share = 0) => share > 0.9)).toBe(true);
    session.dispose();
  });

  it('shows those with most mistakes first', async () => {
    // Half of the validation part has a wrong answer to its first text.
    const wrong = { ...tagged, columns: { ...tagged.columns } };
    const data = (tagged.columns.tags as Column).data.slice();
    for (let sample = 60; sample < 80; sample += 8) data[sample * STEPS] = 2;
    wrong.columns.tags = { ...(tagged.columns.tags as Column), data };
    const { probe, session } = await trained(tagger, wrong);
    expect(probe.sequences.slice(0, 4).map(({ index }) => index)).toEqual([60, 68, 76, 61]);
    expect(probe.sequences[0]).toMatchObject({ actual: [2, 2], predicted: [1, 2] });
    session.dispose();
  });
});

describe('a class for a whole text', () => {
  const label: FieldSpec = { kind: 'class', shape: [], dtype: 'int32', classes: ['plain', 'rosy'] };
  const labelled = texts(
    { words, label },
    { words: TEXTS.flat(), label: TEXTS.map((text) => Number(text.includes(5))) },
  );
  const classifier = chain({
    words: { type: 'input', params: { field: 'words', shape: [null] } },
    embedding: { type: 'embedding', params: { inputDim: WORDS.length, outputDim: 4, maskZero: true } },
    read: { type: 'gru', params: { units: 4 } },
    dense: { type: 'dense', params: { units: 1, activation: 'sigmoid' } },
    loss: { type: 'crossEntropy', params: { mode: 'binary' } },
  });

  it('comes with the text, and with chances for any other of any length', async () => {
    const { probe, session } = await trained(classifier, labelled);
    expect(probe.task).toBe('label');
    expect(probe.sequences).toEqual([]);
    expect(probe.samples[0]?.image).toBeNull();
    expect(probe.samples.find(({ index }) => index === 61)?.text?.entries).toEqual(['blue', 'sea', 'red', 'rose']);
    const [plain = 0, rosy = 0] = await session.predict({ words: Float32Array.of(2, 5, 0, 0, 0, 0) });
    expect(plain + rosy).toBeCloseTo(1, 5);
    expect(rosy).toBeGreaterThan(0.5);
    session.dispose();
  });

  it('says which input was given nothing', async () => {
    const { session } = await trained(classifier, labelled);
    await expect(session.predict({ letters: Float32Array.of(1) })).rejects.toThrow('“words” was given nothing to read');
    session.dispose();
  });
});
