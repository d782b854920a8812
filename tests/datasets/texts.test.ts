/** The data sets of texts: what is in them, and that it is what the catalogue says. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  classCounts,
  DATASETS,
  type Dataset,
  datasetInfo,
  END,
  entryName,
  joinEntries,
  loadDataset,
  PADDING,
  type ReadData,
  START,
  sampleClass,
  sampleClasses,
  sampleEntries,
  textTask,
  UNKNOWN,
  valuesOfSample,
} from '@/datasets';
import { readDataFromDisk } from '@/datasets/node';

const load = (id: string, read: ReadData = readDataFromDisk): Promise<Dataset> => loadDataset(id, { read });

const textOf = (dataset: Dataset, sample: number, field: string): string =>
  joinEntries(sampleEntries(dataset, sample, field), dataset.info.fields[field]?.vocabulary?.unit ?? 'word');

const namesOf = (dataset: Dataset, sample: number, field: string): string[] =>
  sampleClasses(dataset, sample, field).map((at) => dataset.info.fields[field]?.classes?.[at] ?? '');

const TEXTS = DATASETS.filter(({ fields }) => textTask(fields));

/** The md5 of all numbers of the text. */
const EXPECTED: Record<string, string> = {
  names: '7e3460422521ef61a7a334af844b5dff',
  reviews: '5c5cb6a3caacf194d5e9f67622eaa6ee',
  punctuation: 'a57c255bae6dd78b2a8773924bd603ee',
  novel: '5050d44a23a449d9b8e7b0bea92ad816',
  pronunciation: 'c1fef3024be27f7e4d640de329f546fc',
};

describe.each(TEXTS)('$id', (info) => {
  it('has as many samples as the catalogue says, in entries of its vocabulary', async () => {
    const dataset = await load(info.id);
    for (const [name, { spec, data, entries }] of Object.entries(dataset.columns)) {
      const steps = spec.shape.reduce((a, b) => a * b, 1);
      expect(data.length, name).toBe((info.samples.train + info.samples.test) * steps);
      if (spec.kind !== 'tokens') continue;
      expect(entries?.length, name).toBe(spec.vocabulary?.size);
      expect(entries?.[0], name).toBe(PADDING);
      expect(new Set(entries).size, name).toBe(entries?.length);
    }
  });

  it('is what it was made of', async () => {
    const dataset = await load(info.id);
    const task = textTask(info.fields);
    const { data } = dataset.columns[task?.text ?? ''] ?? {};
    const bytes = new Uint8Array((data ?? new Uint8Array()).slice().buffer);
    expect(createHash('md5').update(bytes).digest('hex')).toBe(EXPECTED[info.id]);
  });

  it('has padding behind a text only', async () => {
    const { columns, size } = await load(info.id);
    for (const column of Object.values(columns)) {
      if (column.spec.shape.length === 0) continue;
      for (let sample = 0; sample < size; sample += 7) {
        const values = [...valuesOfSample(column, sample)];
        const end = values.indexOf(0);
        if (end >= 0) expect(values.slice(end).every((value) => value === 0)).toBe(true);
      }
    }
  });

  it('is far below two megabytes to download', () => {
    expect(info.bytes).toBeLessThan(1_500_000);
  });
});

describe('samples', () => {
  it('of names are names of women or of men', async () => {
    const names = await load('names');
    const all = Array.from({ length: names.size }, (_, at) => textOf(names, at, 'letters'));
    expect(new Set(all).size).toBe(8000);
    expect(sampleClass(names, all.indexOf('emma')).name).toBe('female');
    expect(sampleClass(names, all.indexOf('gerald')).name).toBe('male');
    expect(all).not.toContain('leslie');
    expect(classCounts(names)).toEqual([4523, 3477]);
  });

  it('of reviews are words, rare ones unknown', async () => {
    const reviews = await load('reviews');
    expect(textOf(reviews, 0, 'words')).toBe('this stuff is not stuffing its not good at all save your money');
    expect(sampleClass(reviews, 0).name).toBe('other');
    const unknown = reviews.columns.words?.entries?.indexOf(UNKNOWN);
    const words = reviews.columns.words?.data.filter((word) => word > 0);
    const share = (words?.filter((word) => word === unknown).length ?? 0) / (words?.length ?? 1);
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.05);
  });

  it('of punctuation are words and the marks behind them', async () => {
    const punctuation = await load('punctuation');
    expect(textOf(punctuation, 1, 'words')).toBe(
      'of existence and had lived nearly twenty one years in the world with very little to distress or ▢ her',
    );
    expect(namesOf(punctuation, 1, 'marks').join(' ')).toBe(`none ; ${'none '.repeat(17)}.`);
    expect(namesOf(punctuation, 0, 'marks').slice(0, 7)).toEqual(['none', ',', ',', ',', 'none', ',', 'none']);
  });

  it('of the novel run on, each step followed by the next', async () => {
    const novel = await load('novel');
    expect(textOf(novel, 0, 'text')).toBe('It is a truth universally acknowledged, that a single man in pos');
    expect(textOf(novel, 1, 'text')).toMatch(/^session of a good fortune/);
    const { text, next } = novel.columns;
    expect(text?.data.subarray(1).every((character, at) => character === next?.data[at])).toBe(true);
    expect(namesOf(novel, 0, 'next').at(-1)).toBe('s');
  });

  it('of pronunciation are letters, sounds, and the sounds before each', async () => {
    const pronunciation = await load('pronunciation');
    expect(textOf(pronunciation, 0, 'letters')).toBe('reflected');
    expect(namesOf(pronunciation, 0, 'sounds').join(' ')).toBe('R AH F L EH K T AH D end');
    expect(sampleEntries(pronunciation, 0, 'written')).toEqual([START, ...'R AH F L EH K T AH D'.split(' ')]);
    const { written, sounds } = pronunciation.columns;
    expect(written?.entries?.map(entryName)).toEqual(sounds?.spec.classes);
    expect(written?.data.filter((value) => value === written.entries?.indexOf(END))).toHaveLength(0);
  });
});

describe('a damaged file', () => {
  const altered =
    (change: (content: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): ReadData =>
    async (path, options) => {
      const file = await readDataFromDisk(path, options);
      const stream = new Blob([file]).stream().pipeThrough(new DecompressionStream('deflate'));
      return change(new Uint8Array(await new Response(stream).arrayBuffer()));
    };

  it('with an entry that no vocabulary has is refused', async () => {
    const wrong = altered((content) => content.fill(99, 5, 6));
    await expect(load('names', wrong)).rejects.toThrow('an entry 99, but only 28 in its vocabulary');
  });

  it('with a class that there is not is refused', async () => {
    const { samples } = datasetInfo('punctuation') ?? { samples: { train: 0, test: 0 } };
    const words = 2 * 32 * (samples.train + samples.test);
    const wrong = altered((content) => content.fill(8, words, words + 1));
    await expect(load('punctuation', wrong)).rejects.toThrow('a label 8, but only 8 classes');
  });

  it('that lacks words is refused', async () => {
    const wrong = altered((content) => content.slice(0, content.lastIndexOf(10)));
    await expect(load('reviews', wrong)).rejects.toThrow('lists 4999 words, or some of them twice; 5000 are expected');
  });

  it('as the server unpacked it is taken', async () => {
    const [unpacked, stored] = [
      await load(
        'reviews',
        altered((content) => content),
      ),
      await load('reviews'),
    ];
    expect(unpacked.columns.words?.entries).toEqual(stored.columns.words?.entries);
    expect(textOf(unpacked, 4000, 'words')).toBe(textOf(stored, 4000, 'words'));
  });
});
