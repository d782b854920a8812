/** The image networks against those that others have built: Keras's applications, torchvision, tables and papers. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compile } from '@/compiler';
import { datasetInfo } from '@/datasets';
import { type NetworkDocument, setParams } from '@/document';
import { openFromGallery } from '@/gallery';
import { inferDocument } from '@/inference';
import { isKnown, layerOf } from '@/layers';

const read = <T>(file: string): T => JSON.parse(readFileSync(`tests/fixtures/${file}`, 'utf8')) as T;

/** Class, shape without the batch, parameters, and those of them that are not trained. */
type Row = [string, (number | null)[], number, number];

const sorted = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

const JOINING = new Set(['Add', 'Concatenate', 'Multiply']);

/** The layers with weights, and those that join, in no order: branches have none. */
function rowsOf(document: NetworkDocument): Row[] {
  const { model, weights } = compile(document, { fields: undefined });
  return model.layers.flatMap(({ name, className, outputs }): Row[] => {
    const own = weights.filter(({ layer }) => layer === name);
    if (own.length === 0 && !JOINING.has(className)) return [];
    const size = (of: typeof own) => of.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    return [[className, outputs[0]?.slice(1) ?? [], size(own), size(own.filter(({ trainable }) => !trainable))]];
  });
}

/** Keras writes these by layers of other names (groups for each channel, dense layers for 1×1), and adds without one. */
const SPELLED_OTHERWISE = new Set(['convnext-tiny']);

const nameless = (rows: readonly Row[]): unknown[] =>
  rows.filter(([name]) => !JOINING.has(name)).map(([, ...facts]) => facts);

describe('Keras’s applications, layer by layer', () => {
  interface Application {
    input: number[];
    parameters: number;
    nonTrainable: number;
    layers: Row[];
  }
  const applications = read<Record<string, Application>>('keras/applications.json');

  it.each(Object.entries(applications))('%s', async (id, { input, parameters, nonTrainable, layers }) => {
    const document = await openFromGallery(id);
    const { totals } = inferDocument(document, undefined);
    expect(document.graph.nodes.image?.params?.shape).toEqual(input);
    expect([totals?.parameters, totals?.nonTrainable]).toEqual([parameters, nonTrainable]);
    const told = SPELLED_OTHERWISE.has(id) ? nameless : (rows: readonly Row[]) => rows;
    expect(sorted(told(rowsOf(document)))).toEqual(sorted(told(layers)));
  });
});

describe('torchvision’s models, layer by layer', () => {
  interface Model {
    total: number;
    conv_linear_macs: number;
    layers: { type: string; output: number[]; params: number; mac: number }[];
  }
  const { models } = read<{ models: Record<string, Model> }>('torchvision.json');
  const NAMES: Readonly<Record<string, string>> = {
    conv2d: 'Conv2d',
    batchNormalization: 'BatchNorm2d',
    dense: 'Linear',
  };
  const channelsLast = ([channels = 1, ...spatial]: number[]): number[] => [...spatial, channels];

  it.each([
    ['alexnet', 'alexnet'],
    ['vgg16', 'vgg-16'],
    ['googlenet', 'googlenet'],
    ['resnet18', 'resnet-18'],
  ])('%s', async (name, id) => {
    const model = models[`torchvision.${name}`];
    const { totals, opened } = inferDocument(await openFromGallery(id), undefined);
    expect([totals?.pytorch.parameters, totals?.macs]).toEqual([model?.total, model?.conv_linear_macs]);
    const rows = [...opened.inference.nodes].flatMap(([node, known]) => {
      const type = NAMES[opened.document.graph.nodes[node]?.type ?? ''];
      return type ? [[type, known.output?.shape.slice(1), known.pytorch.parameters, known.macs]] : [];
    });
    const wanted = (model?.layers ?? []).filter(({ type }) => Object.values(NAMES).includes(type));
    expect(sorted(rows)).toEqual(
      sorted(wanted.map(({ type, output, params, mac }) => [type, channelsLast(output), params, mac])),
    );
  });
});

describe('tables of others, layer by layer', () => {
  interface Table {
    total: number;
    layers: { type: string; output: number[]; params: number }[];
  }
  const tables = read<Record<string, Table>>('classic-networks.json');

  it('U-Net', async () => {
    const table = tables.UNet_keras_256;
    const { totals, opened } = inferDocument(await openFromGallery('u-net'), undefined);
    expect(totals?.parameters).toBe(table?.total);
    const known = new Set(table?.layers.map(({ type }) => type));
    const rows = opened.inference.order.flatMap((id) => {
      const title = layerOf(opened.document.graph.nodes[id]?.type ?? '')?.title ?? '';
      const node = opened.inference.nodes.get(id);
      return known.has(title) ? [[title, node?.output?.shape.slice(1), node?.parameters]] : [];
    });
    expect(sorted(rows)).toEqual(
      sorted((table?.layers ?? []).map(({ type, output, params }) => [type, output, params])),
    );
  });

  it('LeNet-5', async () => {
    const { totals } = inferDocument(await openFromGallery('lenet-5'), datasetInfo('mnist')?.fields);
    expect(totals?.parameters).toBe(tables.LeNet5?.total);
  });
});

/** As the models' own pages state them; torchvision's averages are not parameters. */
describe('published totals', () => {
  it.each<[id: string, convention: 'keras' | 'pytorch', count: number, source: string]>([
    ['alexnet-2012', 'keras', 60_965_224, 'Caffe’s bvlc_reference_caffenet'],
    ['vgg-11', 'pytorch', 132_863_336, 'torchvision vgg11'],
    ['vgg-19', 'pytorch', 143_667_240, 'torchvision vgg19'],
    ['googlenet-auxiliary', 'pytorch', 13_004_888, 'torchvision googlenet(aux_logits=True)'],
    ['inception-v3-pytorch', 'pytorch', 27_161_264, 'torchvision inception_v3'],
    ['resnet-34', 'pytorch', 21_797_672, 'torchvision resnet34'],
    ['resnet-50-pytorch', 'pytorch', 25_557_032, 'torchvision resnet50'],
    ['resnet-101-pytorch', 'pytorch', 44_549_160, 'torchvision resnet101'],
    ['resnet-152-pytorch', 'pytorch', 60_192_808, 'torchvision resnet152'],
    ['densenet-121', 'pytorch', 7_978_856, 'torchvision densenet121'],
    ['squeezenet', 'pytorch', 1_248_424, 'torchvision squeezenet1_0'],
    ['mobilenet-v2', 'pytorch', 3_504_872, 'torchvision mobilenet_v2'],
    ['efficientnet-b0', 'pytorch', 5_288_548, 'torchvision efficientnet_b0'],
    ['convnext-tiny', 'pytorch', 28_589_128, 'torchvision convnext_tiny'],
    ['vit-tiny', 'pytorch', 5_717_416, 'timm vit_tiny_patch16_224'],
    ['bidirectional-lstm', 'keras', 2_757_761, 'keras.io, Bidirectional LSTM on IMDB'],
    ['character-language-model', 'keras', 4_022_850, 'tensorflow.org, Text generation with an RNN'],
    ['bert-base', 'pytorch', 109_482_240, 'Hugging Face bert-base-uncased'],
    ['gpt-2-small', 'pytorch', 124_439_808, 'Hugging Face gpt2'],
    ['autoencoder', 'keras', 50_992, 'keras.io, Building autoencoders'],
    ['convolutional-autoencoder', 'keras', 4_385, 'keras.io, Building autoencoders'],
    ['vae', 'keras', 69_076 + 65_089, 'keras.io, Variational autoencoder: encoder and decoder'],
    ['dcgan', 'keras', 2_330_944 + 212_865, 'tensorflow.org, DCGAN: generator and discriminator'],
    // By hand: 37,000 words of 512; six times 3,152,384 and six times 4,204,032.
    ['transformer-base', 'pytorch', 37_000 * 512 + 6 * 3_152_384 + 6 * 4_204_032, 'Vaswani et al. 2017, 65 million'],
  ])('%s in %s: %d, %s', async (id, convention, count) => {
    const document = await openFromGallery(id);
    const { totals } = inferDocument(document, datasetInfo(document.training.dataset ?? '')?.fields);
    expect(convention === 'keras' ? totals?.parameters : totals?.pytorch.parameters).toBe(count);
  });
});

/** torchvision's `_ops`, in full: multiply-adds of convolutions and dense layers. */
describe('published multiply-adds', () => {
  it.each([
    ['resnet-50-pytorch', 4_089_184_256],
    ['resnet-152-pytorch', 11_513_626_624],
  ] as const)('%s: %d', async (id, macs) => {
    expect(inferDocument(await openFromGallery(id), undefined).totals?.macs).toBe(macs);
  });
});

describe('images of any size', () => {
  it.each([
    ['fcn-32s', 'enlarge', [64, 96, 21]],
    ['all-convolutional', 'classes', [10]],
    ['spatial-pyramid', 'pyramid', [(1 + 4 + 16) * 32]],
  ] as const)('%s takes any, by the same weights', async (id, node, output) => {
    const document = await openFromGallery(id);
    const known = inferDocument(document, undefined);
    expect(known.nodes.get('image')?.output?.shape.slice(1, 3).every(isKnown)).toBe(false);
    const [channels] = known.nodes.get('image')?.output?.shape.slice(3) ?? [];
    const sized = setParams(document, 'image', { shape: [80, 120, Number(channels)] });
    const inference = inferDocument(sized, undefined);
    expect(inference.problems).toEqual([]);
    expect(inference.totals?.parameters).toEqual(known.totals?.parameters);
    expect(inference.nodes.get(node)?.output?.shape.slice(1)).toEqual(output);
  });
});
