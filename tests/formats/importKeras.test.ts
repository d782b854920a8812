/** Small models as Keras 3 and Keras 2 write them: the numbers must be Keras's own. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flatten, type NetworkDocument } from '@/document';
import { kerasJson } from '@/formats';
import { importKeras } from '@/formats/import';
import { inferDocument } from '@/inference';
import { toNullable } from '@/layers';

interface Row {
  name: string;
  type: string;
  output: (number | null)[];
  params: number;
  nontrainable: number;
}

interface Case {
  title: string;
  model: { config: { output_layers: unknown } };
  table: { total: number; nonTrainable: number; layers: Row[] };
}

const casesOf = (version: 2 | 3): Case[] =>
  JSON.parse(readFileSync(`tests/fixtures/keras/models-keras${version}.json`, 'utf8'));

const CASES = ([3, 2] as const).flatMap((version) =>
  casesOf(version).map((given) => [`Keras ${version}: ${given.title}`, given] as const),
);

/** The network layer by layer, models within it opened out. */
function layersOf(model: unknown) {
  const { document, notes } = importKeras(model);
  return { document: flatten(document).document, notes };
}

/** What each first call of a layer gives and weighs. */
function rowsOf(document: NetworkDocument) {
  const inference = inferDocument(document, undefined);
  expect(inference.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const rows = Object.entries(document.graph.nodes).flatMap(([id, node]) => {
    const known = inference.nodes.get(id);
    if (node.tiedTo !== undefined || node.type === 'identity' || !known) return [];
    const counts = [Number(known.parameters), Number(known.parameters) - Number(known.trainable)];
    return [[id, [toNullable(known.output?.shape ?? []), ...counts]] as const];
  });
  return { rows: Object.fromEntries(rows), totals: inference.totals };
}

describe.each(CASES)('%s', (_, { model, table }) => {
  const { document } = layersOf(model);
  // What is drawn here but is no layer there: the operations that Keras does not list.
  const listed = new Set(table.layers.map(({ name }) => name));

  it('has every layer’s shape and counts, and the totals', () => {
    const { rows, totals } = rowsOf(document);
    expect(Object.fromEntries(Object.entries(rows).filter(([id]) => listed.has(id)))).toEqual(
      Object.fromEntries(
        // Keras may have been told the batch.
        table.layers.map(({ name, output: [, ...output], params, nontrainable }) => [
          name,
          [[null, ...output], params, nontrainable],
        ]),
      ),
    );
    expect([totals?.parameters, totals?.nonTrainable]).toEqual([table.total, table.nonTrainable]);
  });

  it('goes to Keras and comes back as it was', () => {
    const { document: again } = layersOf(JSON.parse(kerasJson(document, undefined)));
    const named = ({ graph }: NetworkDocument) => Object.keys(graph.nodes).map((id) => id.replaceAll('/', '_')).length;
    expect(named(again)).toBe(named(document));
    const [before, after] = [rowsOf(document), rowsOf(again)];
    expect(after.totals).toEqual(before.totals);
    expect(Object.values(after.rows).map(String).sort()).toEqual(Object.values(before.rows).map(String).sort());
  });
});

const modelOf = (title: string, version: 2 | 3 = 3) => {
  const found = casesOf(version).find((given) => given.title === title);
  if (!found) throw new Error(title);
  return layersOf(found.model);
};

const wiresInto = ({ graph }: NetworkDocument, id: string) =>
  graph.edges.filter(({ to }) => to[0] === id).map(({ from, to }) => `${from.join('.')} → ${to[1]}`);

describe('models within a model', () => {
  const drawn = (title: string) => {
    const found = casesOf(3).find((given) => given.title === title);
    const { document, notes } = importKeras(found?.model);
    expect(inferDocument(document, undefined).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    return { document, notes };
  };

  it('are blocks, further calls of them tied, at any depth', () => {
    const { document } = drawn('models in models, all shared');
    const { nodes } = document.graph;
    expect(nodes.mid).toMatchObject({ type: 'block:mid' });
    expect(nodes.mid_call2).toMatchObject({ type: 'block:mid', tiedTo: 'mid' });
    const { mid, inner } = document.blocks ?? {};
    expect(Object.values(mid?.graph.nodes ?? {}).filter(({ type }) => type === 'block:inner')).toHaveLength(3);
    expect(Object.values(inner?.graph.nodes ?? {}).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['blockInput', 'dense', 'blockOutput']),
    );
  });

  it('have a port for each input and output, in order', () => {
    const { document } = drawn('inputs and outputs by name');
    const ports = Object.entries(document.blocks?.named?.graph.nodes ?? {}).filter(([, { type }]) =>
      type.startsWith('block'),
    );
    expect(ports.map(([id, { type }]) => `${type} ${id}`)).toEqual([
      'blockInput x',
      'blockInput y',
      'blockOutput out',
      'blockOutput out2',
    ]);
  });

  it('are opened out where a call leaves what the model gives', () => {
    expect(drawn('outputs of the first call of two').document.blocks).toBeUndefined();
  });

  it('are frozen as a whole', () => {
    const { document } = drawn('a frozen Sequential, called on itself');
    expect(document.graph.nodes.head).toMatchObject({ type: 'block:head', trainable: false });
  });
});

describe('wires go where Keras has them', () => {
  it.each([2, 3] as const)('calls of a model within are told apart in Keras %d', (version) => {
    const { document } = modelOf('the middle call of three', version);
    expect(wiresInto(document, 'd')).toEqual(['encoder_call2/f.out → in']);
    const { document: first } = modelOf('outputs of the first call of two', version);
    expect(wiresInto(first, 'd')).toEqual(['encoder_call2/f.out → in']);
    expect(wiresInto(first, 'd2')).toEqual(['encoder/f.out → in']);
    // What the second call gives besides is taken by nothing.
    expect(Object.keys(first.graph.nodes)).not.toContain('encoder_call2/g');
    expect(JSON.parse(kerasJson(first, undefined)).config.output_layers).toHaveLength(3);
  });

  it('every further call shares the weights of the first, at any depth', () => {
    const { document } = modelOf('models in models, all shared');
    const { nodes } = document.graph;
    const shared = Object.values(nodes).filter(({ type }) => type === 'dense');
    // Twice in the inner model, called three times in the middle one, called twice: and the one at the end.
    expect(shared).toHaveLength(2 * 3 * 2 + 1);
    expect(new Set(shared.map(({ tiedTo }) => tiedTo))).toEqual(new Set([undefined, 'mid/inner/tw']));
  });

  it.each([2, 3] as const)('arguments by keyword reach their ports in Keras %d', (version) => {
    const { document } = modelOf('attention, called in every way', version);
    expect(wiresInto(document, 'm1')).toEqual([
      't.out → query',
      'u.out → value',
      'u.out → key',
      'mask.out → attentionMask',
    ]);
    expect(wiresInto(document, 'm2')).toEqual(['t.out → query', 't.out → value']);
    expect(document.graph.nodes.m2?.params?.causal).toBe(true);
    expect(wiresInto(document, 'at')).toEqual(['t.out → query', 'u.out → value']);
  });

  it.each([2, 3] as const)('what goes in and out by name in Keras %d', (version) => {
    const { document } = modelOf('inputs and outputs by name', version);
    expect(wiresInto(document, 'named/da')).toEqual(['q.out → in']);
    expect(wiresInto(document, 'named/db')).toEqual(['p.out → in']);
    expect(wiresInto(document, 'fa')).toEqual(['named/da.out → in']);
  });

  it.each([2, 3] as const)('states and masks in Keras %d', (version) => {
    const { document, notes } = modelOf('masks and states', version);
    expect(notes).toEqual([]);
    expect(Object.keys(document.graph.nodes)).toEqual(['words', 'emb', 'first', 'lstm', 'o', 'p']);
    expect(document.graph.nodes.words?.params?.dtype).toBe('int32');
    expect(wiresInto(document, 'p')[0]).not.toMatch('.out →');
    expect(wiresInto(modelOf('first states', version).document, 'dec')).toHaveLength(3);
  });

  it.each([2, 3] as const)('an output that feeds on is an output still in Keras %d', (version) => {
    const { document, notes } = modelOf('an output in the middle', version);
    expect(wiresInto(document, 'd1_output')).toEqual(['d1.out → in']);
    expect(notes).toEqual([expect.stringContaining('“d1”')]);
    const { config } = JSON.parse(kerasJson(document, undefined));
    expect(config.output_layers).toHaveLength(2);
  });

  it('every output of a layer with several stays one, whether or not the layer is known', () => {
    const tensor = (layer: string, index: number) => ({
      class_name: '__keras_tensor__',
      config: { shape: [null, 4], dtype: 'float32', keras_history: [layer, 0, index] },
    });
    const layers = [
      { class_name: 'InputLayer', name: 'x', config: { name: 'x', batch_shape: [null, 4] }, inbound_nodes: [] },
      {
        class_name: 'Odd',
        module: 'mine',
        registered_name: 'mine>Odd',
        name: 'odd',
        config: { name: 'odd' },
        inbound_nodes: [{ args: [tensor('x', 0), 0.5], kwargs: { other: tensor('x', 0), mode: 'a' } }],
      },
    ];
    const ends = [0, 1, 2].map((index) => ['odd', 0, index]);
    const config = { name: 'm', layers, input_layers: [['x', 0, 0]], output_layers: ends };
    const { document } = importKeras({ class_name: 'Functional', config });
    const written = JSON.parse(kerasJson(document, undefined)).config;
    expect(written.output_layers).toHaveLength(3);
    expect(written.layers[1]).toEqual(layers[1]);
  });

  it('a frozen model freezes all in it', () => {
    const { nodes } = modelOf('a frozen Sequential, called on itself').document.graph;
    expect([nodes['head/d1']?.trainable, nodes['head/d2']?.trainable, nodes.o?.trainable]).toEqual([
      false,
      false,
      undefined,
    ]);
  });
});

it('an imported network can be read from above to below', () => {
  const { document } = modelOf('a small U-Net');
  const { nodes, edges } = document.graph;
  for (const { from, to } of edges) {
    expect(nodes[from[0]]?.at?.[1], `${from} → ${to}`).toBeLessThan(nodes[to[0]]?.at?.[1] ?? Number.NaN);
  }
  const places = Object.values(nodes).map(({ at }) => String(at));
  expect(new Set(places).size).toBe(places.length);
});
