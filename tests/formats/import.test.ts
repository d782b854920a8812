/** Models of other tools, opened here: the numbers must be theirs. */
import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { compile, toKerasJson, toTfjsTopology } from '@/compiler';
import { flatten, type NetworkDocument } from '@/document';
import { kerasJson } from '@/formats';
import { ImportError, importNetwork } from '@/formats/import';
import { type Inference, inferDocument } from '@/inference';
import { toNullable } from '@/layers';
import { networkOf } from '../support/catalogue';

interface Row {
  name: string;
  type: string;
  output: (number | null)[];
  params: number;
  nontrainable: number;
}

interface Table {
  total: number;
  nonTrainable: number;
  layers: Row[];
}

const errorsOf = ({ problems }: Inference) => problems.filter(({ severity }) => severity === 'error');

describe.each(['VGG16', 'ResNet50', 'MobileNetV2', 'InceptionV3'])('%s from Keras', (name) => {
  const text = readFileSync(`tests/fixtures/keras/${name}.json`, 'utf8');
  const table = JSON.parse(readFileSync(`tests/fixtures/keras/${name}.table.json`, 'utf8')) as Table;

  it('has every layer’s shape and counts, and the totals', () => {
    const { document, notes } = importNetwork(text);
    expect(notes).toEqual([]);
    const inference = inferDocument(document, undefined);
    expect(errorsOf(inference)).toEqual([]);
    const rows = Object.fromEntries(
      inference.order.map((id) => {
        const known = inference.nodes.get(id);
        const counts = [Number(known?.parameters), Number(known?.parameters) - Number(known?.trainable)];
        return [id, [toNullable(known?.output?.shape ?? []), ...counts]];
      }),
    );
    expect(rows).toEqual(
      Object.fromEntries(
        table.layers.map(({ name: id, output, params, nontrainable }) => [id, [output, params, nontrainable]]),
      ),
    );
    expect([inference.totals?.parameters, inference.totals?.nonTrainable]).toEqual([table.total, table.nonTrainable]);
  });

  it('is the same from its .keras file', () => {
    const { document } = importNetwork(text);
    const zipped = zipSync({ 'config.json': strToU8(text), 'model.weights.h5': new Uint8Array(8) });
    const again = importNetwork(zipped);
    expect(again.document).toEqual(document);
    expect(again.notes).toHaveLength(1);
  });
});

/** What a network is, whatever its nodes are called. Keras spells a softmax in two ways, and freezes what has no weights in vain. */
function structureOf(document: NetworkDocument) {
  const inference = inferDocument(document, undefined);
  expect(errorsOf(inference)).toEqual([]);
  return {
    totals: inference.totals,
    layers: compile(document, { fields: undefined }).model.layers.map(
      ({ className, config, outputs, calls, node }) => ({
        className: className === 'Softmax' && config.axis === -1 ? 'Activation' : className,
        outputs,
        calls: calls.length,
        counts: [inference.nodes.get(node)?.parameters, inference.nodes.get(node)?.trainable],
      }),
    ),
  };
}

describe('a round trip through Keras’s JSON', () => {
  it.each(Array.from({ length: 150 }, (_, at) => [at + 1]))('of random network %d', (seed) => {
    const document = networkOf(seed, 2 + (seed % 6));
    const { document: again, notes } = importNetwork(
      JSON.stringify(toKerasJson(compile(document, { fields: undefined }).model)),
    );
    expect(notes).toEqual([]);
    expect(structureOf(again)).toEqual(structureOf(document));
  });
});

const dense = (name: string, units: number) => ({ class_name: 'Dense', config: { name, units }, name });
const tensor = (layer: string, call = 0) => ({
  class_name: '__keras_tensor__',
  config: { shape: [null, 4], dtype: 'float32', keras_history: [layer, call, 0] },
});
const input = (name: string, shape: (number | null)[]) => ({
  class_name: 'InputLayer',
  config: { name, batch_shape: [null, ...shape] },
  name,
  inbound_nodes: [],
});
const functional = (layers: object[], inputs: string[], outputs: [string, number, number][]) =>
  JSON.stringify({
    class_name: 'Functional',
    config: { name: 'net', layers, input_layers: inputs.map((name) => [name, 0, 0]), output_layers: outputs },
  });

describe('what Keras models are made of', () => {
  it('Sequential, with the input said or not', () => {
    const said = {
      class_name: 'Sequential',
      config: { name: 's', layers: [input('x', [4]), dense('a', 3), dense('b', 2)] },
    };
    const old = {
      class_name: 'Sequential',
      config: {
        name: 's',
        layers: [{ class_name: 'Dense', config: { name: 'a', units: 3, batch_input_shape: [null, 4] } }, dense('b', 2)],
      },
    };
    for (const model of [said, old, { modelTopology: { model_config: old } }]) {
      const { document } = importNetwork(JSON.stringify(model));
      const inference = inferDocument(document, undefined);
      expect(inference.totals?.parameters).toBe(15 + 8);
      expect(Object.keys(document.graph.nodes).slice(1)).toEqual(['a', 'b']);
    }
  });

  it('a shared layer is tied, and counts once', () => {
    const shared = {
      ...dense('twin', 3),
      inbound_nodes: [
        { args: [tensor('a')], kwargs: {} },
        { args: [tensor('b')], kwargs: {} },
      ],
    };
    const add = {
      class_name: 'Add',
      config: { name: 'sum' },
      name: 'sum',
      inbound_nodes: [{ args: [[tensor('twin'), tensor('twin', 1)]], kwargs: {} }],
    };
    const { document } = importNetwork(
      functional([input('a', [4]), input('b', [4]), shared, add], ['a', 'b'], [['sum', 0, 0]]),
    );
    const inference = inferDocument(document, undefined);
    expect(errorsOf(inference)).toEqual([]);
    expect(document.graph.nodes.twin_call2?.tiedTo).toBe('twin');
    expect(inference.totals?.parameters).toBe(15);
  });

  it('layers of models within models go by the way to them, shared ones tied', () => {
    const encoder = {
      class_name: 'Functional',
      name: 'encoder',
      config: {
        name: 'encoder',
        layers: [input('in', [4]), { ...dense('hidden', 3), inbound_nodes: [[['in', 0, 0, {}]]] }],
        input_layers: [['in', 0, 0]],
        output_layers: [['hidden', 0, 0]],
      },
      inbound_nodes: [[['a', 0, 0, {}]], [['b', 0, 0, {}]]],
    };
    const head = {
      class_name: 'Sequential',
      name: 'head',
      config: { name: 'head', layers: [input('head_in', [3]), dense('out', 2)] },
      inbound_nodes: [[['encoder', 1, 0, {}]]],
    };
    const model = functional(
      [input('a', [4]), input('b', [4]), encoder, head],
      ['a', 'b'],
      [
        ['encoder', 0, 0],
        ['head', 0, 0],
      ],
    );
    const { document } = flatten(importNetwork(model).document);
    expect(Object.keys(document.graph.nodes)).toEqual(['a', 'b', 'encoder/hidden', 'encoder_call2/hidden', 'head/out']);
    expect(document.graph.nodes['encoder_call2/hidden']?.tiedTo).toBe('encoder/hidden');
    expect(inferDocument(document, undefined).totals?.parameters).toBe(15 + 8);
  });

  it('a layer that is not known is kept, said, and goes back as it came', () => {
    const config = { name: 'odd', trainable: true, secret: [1, { a: null }] };
    const odd = {
      module: 'my.code',
      class_name: 'Odd',
      registered_name: 'mine>Odd',
      config,
      name: 'odd',
      inbound_nodes: [{ args: [tensor('a')], kwargs: {} }],
    };
    const after = { ...dense('b', 2), inbound_nodes: [{ args: [tensor('odd')], kwargs: {} }] };
    const { document, notes } = importNetwork(functional([input('a', [4]), odd, after], ['a'], [['b', 0, 0]]));
    expect(notes).toHaveLength(1);
    const inference = inferDocument(document, undefined);
    expect(errorsOf(inference).map(({ node }) => node)).toEqual(['odd']);
    expect(inference.totals).toBeNull();
    expect(inference.nodes.get('b')?.parameters).toBe(10);
    const written = JSON.parse(kerasJson(document, undefined)) as { config: { layers: Record<string, unknown>[] } };
    expect(written.config.layers[1]).toMatchObject({
      module: 'my.code',
      class_name: 'Odd',
      registered_name: 'mine>Odd',
      config,
    });
  });

  it('what our own tfjs export writes', () => {
    const document = networkOf(4, 3);
    const { model } = compile(document, { fields: undefined });
    const { document: again } = importNetwork(
      JSON.stringify({ modelTopology: toTfjsTopology(model), weightsManifest: [] }),
    );
    expect(inferDocument(again, undefined).totals?.parameters).toBe(
      inferDocument(document, undefined).totals?.parameters,
    );
  });
});

describe('a bad file', () => {
  const whole = functional(
    [input('a', [4]), { ...dense('b', 2), inbound_nodes: [[['a', 0, 0, {}]]] }],
    ['a'],
    [['b', 0, 0]],
  );

  it.each([
    ['a circle', whole.replace('["a",0,0,{}]', '["b",0,0,{}]'), /circle/],
    ['a layer that is missing', whole.replace('["a",0,0,{}]', '["c",0,0,{}]'), /“b” is wired to “c”/],
    ['two of one name', whole.replace('"name":"b"', '"name":"a"').replace('"name":"b"', '"name":"a"'), /called “a”/],
    ['a class of model without wires', '{"class_name":"MyModel","config":{}}', /MyModel/],
    ['no model', '{"class_name":3,"config":{}}', /./],
    ['other JSON', '{"rows":[1,2]}', /JSON, but no network/],
    ['a list', '[1,2]', /JSON, but no network/],
  ])('%s', (_, text, message) => {
    expect(() => importNetwork(text)).toThrow(message);
    expect(() => importNetwork(text)).toThrow(ImportError);
  });

  it('an archive that is broken, or another', () => {
    expect(() => importNetwork(new Uint8Array([0x50, 0x4b, 3, 4, 9, 9]))).toThrow(ImportError);
    expect(() => importNetwork(zipSync({ 'a.txt': new Uint8Array(3) }))).toThrow(/config\.json/);
  });

  it('however it is broken, ends in words', () => {
    const source = readFileSync('tests/fixtures/keras/VGG16.json', 'utf8').slice(0, 9000);
    const pieces = ['null', '[]', '{}', '"x"', '-1', 'true', '[[]]'];
    const base = JSON.parse(whole) as object;
    const spots = [...JSON.stringify(base).matchAll(/(?<=[:[,])(?:"[^"]*"|\d+|\[\]|\{\})/g)];
    for (const spot of spots) {
      for (const piece of pieces) {
        const text = JSON.stringify(base);
        const broken = text.slice(0, spot.index) + piece + text.slice(spot.index + spot[0].length);
        try {
          inferDocument(importNetwork(broken).document, undefined);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
          expect((error as Error).name, broken).toMatch(/^(ImportError|DocumentError)$/);
        }
      }
    }
    expect(() => importNetwork(source)).toThrow();
  });
});
