/** Normalization without given statistics: the training data's own. */
import { describe, expect, it } from 'vitest';
import type { Json, NetworkDocument } from '@/document';
import { startBackend, tensorsHeld } from '@/engine';
import { chain, randomOf } from '../support/networks';
import { network, pictures, recorded, statuses } from './support';

const FEATURES = 3;

/** Three numbers a sample, far from zero in the first; a class that depends on the second. */
function numbers(train: number, test: number) {
  const random = randomOf(5);
  const values = Array.from({ length: train + test }, () => [
    10_000 + random(),
    random() * 4 - 1,
    random() < 0.5 ? -7 : 2,
  ]);
  const base = pictures(train, test, 2);
  const spec = { kind: 'number' as const, shape: [FEATURES], dtype: 'float32' as const };
  const { label } = base.columns;
  if (!label) throw new Error('no labels');
  const dataset = {
    ...base,
    info: { ...base.info, fields: { numbers: spec, label: label.spec } },
    columns: { numbers: { spec, data: Float32Array.from(values.flat()), scale: 1 }, label },
  };
  return { dataset, values: values.map((row) => row.map(Math.fround)) };
}

/** In full, one feature after the other. */
const momentsOf = (rows: readonly number[][]): { mean: number[]; variance: number[] } => {
  const mean = Array.from(
    { length: FEATURES },
    (_, f) => rows.reduce((sum, row) => sum + (row[f] ?? 0), 0) / rows.length,
  );
  const variance = mean.map((m, f) => rows.reduce((sum, row) => sum + ((row[f] ?? 0) - m) ** 2, 0) / rows.length);
  return { mean, variance };
};

function drawn(layers: [type: string, params?: Record<string, Json>][], training = {}): NetworkDocument {
  const document = chain(
    [FEATURES],
    ...layers,
    ['dense', { units: 2, activation: 'softmax' }],
    ['crossEntropy', { target: 'label' }],
  );
  const { input, ...nodes } = document.graph.nodes;
  if (!input) throw new Error('no input');
  return {
    ...document,
    graph: {
      ...document.graph,
      nodes: { input: { ...input, params: { field: 'numbers', shape: [FEATURES] } }, ...nodes },
    },
    training: { ...network({ epochs: 1, ...training }).training },
  };
}

async function trained(
  document: NetworkDocument,
  dataset: ReturnType<typeof numbers>['dataset'],
  backend: 'wasm' | 'cpu',
) {
  const { session, events } = recorded({ dataset });
  await session.start({ document, backend });
  expect(statuses(events).at(-1)).toBe('finished');
  const bundle = await session.weights();
  session.dispose();
  const kept = (name: string): number[] =>
    Array.from(bundle.tensors.find((tensor) => tensor.name === name)?.data ?? []);
  return { kept, bundle };
}

const close = (found: readonly number[], wanted: readonly number[], relative = 1e-5): void => {
  expect(found).toHaveLength(wanted.length);
  for (const [at, value] of wanted.entries())
    expect(Math.abs((found[at] ?? Number.NaN) - value)).toBeLessThan(relative * Math.max(1, Math.abs(value)));
};

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  const { dataset, values } = numbers(700, 90);

  it('right behind an input they are the training part’s, the held-out samples not among them', async () => {
    const { kept } = await trained(drawn([['normalization']]), dataset, backend);
    const { mean, variance } = momentsOf(values.slice(0, 700));
    close(kept('n1/mean'), mean, 1e-6);
    close(kept('n1/variance'), variance);
    // With the held-out ones they would be others.
    expect(Math.abs((momentsOf(values).mean[2] ?? 0) - (mean[2] ?? 0))).toBeGreaterThan(1e-3);
  });

  it('elsewhere they are those of what comes there, one after the other', async () => {
    const layers: Parameters<typeof drawn>[0] = [
      ['scale', { factor: 2, offset: -3 }],
      ['normalization'],
      ['normalization'],
    ];
    await startBackend(backend);
    const before = tensorsHeld().tensors;
    const { kept } = await trained(drawn(layers), dataset, backend);
    expect(tensorsHeld().tensors).toBe(before);
    const { mean, variance } = momentsOf(values.slice(0, 700).map((row) => row.map((x) => Math.fround(2 * x - 3))));
    close(kept('n2/mean'), mean, 1e-5);
    close(kept('n2/variance'), variance, 1e-4);
    close(kept('n3/mean'), [0, 0, 0], 1e-2);
    close(kept('n3/variance'), [1, 1, 1], 1e-2);
  });

  it('at every step of a sequence they are of all steps', async () => {
    const layers: Parameters<typeof drawn>[0] = [
      ['reshape', { targetShape: [3, 1] }],
      ['timeDistributed', { layer: 'normalization' }],
      ['flatten'],
    ];
    const { kept } = await trained(drawn(layers), dataset, backend);
    const all = values.slice(0, 700).flat();
    const mean = all.reduce((a, b) => a + b, 0) / all.length;
    close(kept('n2/mean'), [mean]);
    close(kept('n2/variance'), [all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length]);
  });

  it('a run that goes on from weights keeps theirs', async () => {
    const document = drawn([['normalization']]);
    const { bundle } = await trained(document, dataset, backend);
    const other = bundle.tensors.map((tensor) =>
      tensor.name === 'n1/mean' ? { ...tensor, data: Float32Array.of(1, 2, 3) } : tensor,
    );
    const { session } = recorded({ dataset });
    await session.start({ document, backend, weights: { ...bundle, tensors: other } });
    const after = await session.weights();
    expect(Array.from(after.tensors.find(({ name }) => name === 'n1/mean')?.data ?? [])).toEqual([1, 2, 3]);
    session.dispose();
  });
});
