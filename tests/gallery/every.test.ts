/** What holds for every network of the gallery, whatever it is. */
import { describe, expect, it } from 'vitest';
import { compile } from '@/compiler';
import { datasetInfo } from '@/datasets';
import { CARD, flatten, type Graph, type NetworkDocument, usesOf } from '@/document';
import { formatNative, kerasJson, parseNative } from '@/formats';
import { importNetwork } from '@/formats/import';
import { GALLERY, openFromGallery } from '@/gallery';
import { inferDocument } from '@/inference';
import { layerIn, resolveParams } from '@/layers';

const fieldsOf = ({ training }: NetworkDocument) => datasetInfo(training.dataset ?? '')?.fields;

/** The network's own graph and those of its blocks, by their names. */
const graphsOf = ({ graph, blocks = {} }: NetworkDocument): [string, Graph][] => [
  ['the network', graph],
  ...Object.keys(blocks)
    .sort()
    .map((id): [string, Graph] => [id, blocks[id]?.graph ?? { nodes: {}, edges: [] }]),
];

function overlapping({ nodes }: Graph): string[] {
  const places = Object.entries(nodes);
  return places.flatMap(([id, { at }], index) =>
    places.slice(index + 1).flatMap(([other, { at: there }]) => {
      if (!at || !there) return [`${id} or ${other} has no place`];
      const apart = Math.abs(at[0] - there[0]) >= CARD.width || Math.abs(at[1] - there[1]) >= CARD.height;
      return apart ? [] : [`${id} lies on ${other}`];
    }),
  );
}

/** The layers that a file keeps, with what is left out of it filled in. */
function filledIn(document: NetworkDocument) {
  return graphsOf(document).map(([name, { nodes }]) => [
    name,
    Object.entries(nodes)
      .map(([id, node]) => {
        const layer = layerIn(document, node.type);
        return { id, ...node, params: layer && resolveParams(layer, node.params).params };
      })
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  ]);
}

describe('the gallery', () => {
  it('has each name once, of small letters, digits and dashes', () => {
    const names = GALLERY.map(({ id }) => id);
    expect(new Set(names.map((name) => name.replaceAll('-', ''))).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(name))).toEqual([]);
  });

  it('describes each in two sentences', () => {
    const sentences = (text: string): number => text.split(/[.!?](?:\s|$)/).filter(Boolean).length;
    expect(GALLERY.filter(({ summary }) => sentences(summary) !== 2).map(({ id }) => id)).toEqual([]);
  });

  it('opens them by name, and names those that are like what is not there', async () => {
    expect((await openFromGallery('LeNet5')).name).toBe('LeNet-5');
    await expect(openFromGallery('lenet-6')).rejects.toThrow(/no “lenet-6”\. Nearest: lenet-5,/);
    await expect(openFromGallery('')).rejects.toThrow(/Nearest: \w/);
  });
});

describe.each(GALLERY.map((entry) => [entry.id, entry] as const))('%s', async (_, entry) => {
  const document = await entry.open();
  const fields = fieldsOf(document);
  const inference = inferDocument(document, fields);

  it('is without problems and counts as it says', () => {
    expect(inference.problems.map(({ node, message }) => `${node}: ${message}`)).toEqual([]);
    const { totals } = inference;
    expect({ keras: totals?.parameters, pytorch: totals?.pytorch.parameters }).toEqual(entry.parameters);
    expect(document.training.dataset).toBe(entry.dataset);
    expect(document.name).toBe(entry.title);
  });

  it('lies open: no card on another, no block without a use', () => {
    for (const [name, graph] of graphsOf(document)) expect(overlapping(graph), name).toEqual([]);
    for (const id of Object.keys(document.blocks ?? {})) expect(usesOf(document, id), id).not.toEqual([]);
  });

  it('comes back from a file as it was', () => {
    const text = formatNative(document);
    const read = parseNative(text);
    expect(formatNative(read)).toBe(text);
    expect(filledIn(read)).toEqual(filledIn(document));
    expect(graphsOf(read).map(([, { edges }]) => edges)).toEqual(graphsOf(document).map(([, { edges }]) => edges));
    expect(read.training).toEqual(document.training);
  });

  it('opens out to layers that come to the same', () => {
    const flat = flatten(document).document;
    expect(flat.blocks).toBeUndefined();
    const opened = inferDocument(flat, fields);
    expect(opened.totals).toEqual(inference.totals);
  });

  it('goes to Keras and back', () => {
    const { model } = compile(document, { fields });
    const { document: again, notes } = importNetwork(kerasJson(document, fields));
    expect(notes).toEqual([]);
    const rows = ({ layers, inputs, outputs }: typeof model) => [
      layers.map(({ name, className, config, outputs: shapes, calls }) => [name, className, config, shapes, calls]),
      inputs,
      outputs,
    ];
    expect(rows(compile(again, { fields: undefined }).model)).toEqual(rows(model));
    const { totals } = inferDocument(again, undefined);
    expect({ ...totals, activationBytes: null }).toEqual({ ...inference.totals, activationBytes: null });
  });
});
