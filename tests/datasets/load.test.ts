import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classCounts, DATASETS, type Dataset, loadDataset, type ReadData, sampleClass, samplePixels } from '@/datasets';
import { readDataFromDisk } from '@/datasets/node';

const load = (id: string, read: ReadData = readDataFromDisk): Promise<Dataset> => loadDataset(id, { read });

/** Reads the true file and changes it on the way. */
const altered =
  (change: (file: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): ReadData =>
  async (path, options) =>
    change(await readDataFromDisk(path, options));

const md5 = (data: Uint8Array): string => createHash('md5').update(data).digest('hex');

/** Takes each of the last `held` pictures for the class whose mean picture is nearest; how often is that right? */
function nearestMeanAccuracy(pixels: Uint8Array, labels: Uint8Array, held: number): number {
  const size = pixels.length / labels.length;
  const picture = (sample: number): Uint8Array => pixels.subarray(sample * size, (sample + 1) * size);
  const means = Array.from({ length: 10 }, () => new Float64Array(size));
  const counts = new Float64Array(10);
  const trained = labels.length - held;
  for (const label of labels.subarray(0, trained)) counts[label] = (counts[label] as number) + 1;
  for (let sample = 0; sample < trained; sample++) {
    const label = labels[sample] as number;
    const mean = means[label] as Float64Array;
    picture(sample).forEach((level, pixel) => {
      mean[pixel] = (mean[pixel] as number) + level / (counts[label] as number);
    });
  }
  const distance = (a: Uint8Array, b: Float64Array): number =>
    a.reduce((total, level, pixel) => total + (level - (b[pixel] as number)) ** 2, 0);

  let right = 0;
  for (let sample = trained; sample < labels.length; sample++) {
    const distances = means.map((mean) => distance(picture(sample), mean));
    if (distances.indexOf(Math.min(...distances)) === labels[sample]) right++;
  }
  return right / held;
}

/** Per set: the first labels of the training part, how many samples a class has, and the md5 of all pictures. */
const EXPECTED: Record<string, { first: string; perClass: number[]; pixels: string }> = {
  digits: {
    first: '0 1 2 3 4 5 6 7 8 9 0 1',
    perClass: [178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
    pixels: 'fa70cba135d4cdd4cde65da70dbffde2',
  },
  mnist: {
    first: '5 0 2 1 2 9 3 6 7 0 7 9',
    perClass: new Array(10).fill(1200),
    pixels: 'f67c7a1230b621c8acc42eea28dfdd1f',
  },
  'fashion-mnist': {
    first: '9 0 2 7 1 4 5 6 1 3 7 2',
    perClass: new Array(10).fill(1200),
    pixels: '7df695dd40219a4829685edd4d6c1f7c',
  },
};

/** Beside those of texts, which texts.test.ts is about. */
const PICTURES = DATASETS.filter(({ fields }) => fields.image);

describe.each(PICTURES)('$id', (info) => {
  const expected = EXPECTED[info.id];

  it('has as many samples as the catalogue says, in bytes scaled to 0..1', async () => {
    const dataset = await load(info.id);
    const { image, label } = dataset.columns;
    const [height = 0, width = 0] = info.fields.image?.shape ?? [];
    expect(dataset.size).toBe(info.samples.train + info.samples.test);
    expect(image?.data.length).toBe(dataset.size * height * width);
    expect(label?.data.length).toBe(dataset.size);
    expect(Math.max(...(image?.data.subarray(0, 5000) ?? [])) * (image?.scale ?? 0)).toBe(1);
  });

  it('has the right pictures and labels', async () => {
    const dataset = await load(info.id);
    const first = Array.from({ length: 12 }, (_, sample) => sampleClass(dataset, sample).index);
    expect(first.join(' ')).toBe(expected?.first);
    expect(md5(dataset.columns.image?.data as Uint8Array)).toBe(expected?.pixels);
    expect(classCounts(dataset)).toEqual(expected?.perClass);
  });

  it('has pictures that look like their labels', async () => {
    const { columns, size } = await load(info.id);
    const held = info.samples.test || Math.round(size / 5);
    expect(
      nearestMeanAccuracy(columns.image?.data as Uint8Array, columns.label?.data as Uint8Array, held),
    ).toBeGreaterThan(0.65);
  });

  it('is balanced in both parts, where it has a test part', async () => {
    const dataset = await load(info.id);
    const { train, test } = info.samples;
    const part = (start: number, count: number): number[] =>
      classCounts(
        dataset,
        Array.from({ length: count }, (_, index) => start + index),
      );
    if (test === 0) return;
    expect(part(0, train)).toEqual(new Array(10).fill(train / 10));
    expect(part(train, test)).toEqual(new Array(10).fill(test / 10));
  });
});

it.each(DATASETS)('$id has its licence beside it, and is named in NOTICE', (info) => {
  expect(statSync(`public/data/${info.id}/LICENCE.txt`).size).toBeGreaterThan(1000);
  expect(statSync(`public/data/${info.id}/samples.z`).size).toBe(info.bytes);
  expect(readFileSync('NOTICE', 'utf8')).toContain(`public/data/${info.id}/samples.z`);
});

describe('loading', () => {
  it('tells how far it is', async () => {
    const steps: { loaded: number; total: number }[] = [];
    await loadDataset('digits', { read: readDataFromDisk, onProgress: (step) => steps.push(step) });
    expect(steps.at(-1)).toEqual({ loaded: 46_725, total: 46_725 });
  });

  it('takes a file that the server has already unpacked', async () => {
    const stored = await load('digits');
    const unpacked: ReadData = async (path, options) => {
      const file = await readDataFromDisk(path, options);
      const stream = new Blob([file]).stream().pipeThrough(new DecompressionStream('deflate'));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    };
    expect((await load('digits', unpacked)).columns).toEqual(stored.columns);
  });

  it('refuses a file that is cut off', async () => {
    const cut = altered((file) => file.slice(0, 40_000));
    await expect(load('digits', cut)).rejects.toMatchObject({
      kind: 'damaged',
      message: expect.stringContaining('40000 bytes instead of 46725'),
    });
  });

  it('refuses a file with a wrong byte in it', async () => {
    const damaged = altered((file) => file.with(20_000, 255 - (file[20_000] ?? 0)));
    await expect(load('digits', damaged)).rejects.toMatchObject({ kind: 'damaged' });
  });

  it('refuses a label that no class has', async () => {
    const wrong = altered(() => new Uint8Array(1797 * 65).fill(12));
    await expect(load('digits', wrong)).rejects.toThrow('has a label 12, but only 10 classes');
  });

  it('names a data set that does not exist', async () => {
    await expect(load('imagenet')).rejects.toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('imagenet'),
    });
  });

  it('says which file is missing', async () => {
    const elsewhere: ReadData = (_path, options) => readDataFromDisk('nowhere/samples.z', options);
    await expect(load('digits', elsewhere)).rejects.toMatchObject({ kind: 'missing' });
  });

  it('stops when aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(loadDataset('digits', { read: readDataFromDisk, signal })).rejects.toThrow('enough');
  });
});

describe('pictures of samples', () => {
  it('are grey, opaque, and as bright as the sample', async () => {
    const dataset = await load('digits');
    const { width, height, rgba } = samplePixels(dataset, 0);
    expect([width, height, rgba.length]).toEqual([8, 8, 256]);
    // The first row of the first digit is 0 0 5 13 9 1 0 0 of 16.
    expect([...rgba.subarray(8, 16)]).toEqual([80, 80, 80, 255, 207, 207, 207, 255]);
  });

  it('need a field of pictures', async () => {
    const dataset = await load('digits');
    expect(() => samplePixels(dataset, 0, 'label')).toThrow('no field “label” of kind image');
  });
});
