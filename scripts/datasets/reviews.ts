/** Reviews of food, word by word. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REVIEWS } from '@/datasets/catalogue/texts';
import { splitText } from '@/datasets/text/encode';
import { debianLicence, debianPackage, source } from './packages';
import type { Product } from './product';
import { attribute, part, type RVector, readRData, texts } from './rData';
import { fieldOf, mostFrequent, rows } from './vocabulary';

interface Review {
  text: string;
  /** 0 for “great”, 1 for “other”. */
  label: number;
}

/** Without the tags of web pages, and with apostrophes where their code was lost. */
const plain = (text: string): string =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('\ufffd', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&#34;', '"');

function reviewsOf(table: RVector): Review[] {
  const score = part(table, 'score');
  const levels = texts(attribute(score, 'levels')).join();
  if (levels !== 'great,other') throw new Error(`The scores are ${levels}, which is not expected`);
  return texts(part(table, 'review')).map((review, at) => ({
    text: plain(review),
    label: Number(score.values[at]) - 1,
  }));
}

/** The parts of the package as they are, but no review twice. */
export function reviews(): Product {
  const folder = join(debianPackage('r-cran-modeldata'), 'usr');
  const data = join(folder, 'lib/R/site-library/modeldata/data');
  const index = source(join(data, 'Rdata.rdx'), '177bede3a4e21029ab9a6383ed5cc920');
  const database = source(join(data, 'Rdata.rdb'), 'aa8ceab82a4fdb5d0ed2a365b07b3f79');
  const seen = new Set<string>();
  const isNew = ({ text }: Review): boolean => !seen.has(text) && seen.add(text).size > 0;
  const test = reviewsOf(readRData(index, database, 'testing_data')).filter(isNew);
  const train = reviewsOf(readRData(index, database, 'training_data')).filter(isNew);

  const words = fieldOf(REVIEWS.fields, 'words');
  const list = mostFrequent(
    train.flatMap(({ text }) => splitText(text, 'word')),
    words.vocabulary?.size ?? 0,
  );
  const all = [...train, ...test];
  const copyright = readFileSync(join(folder, 'share/doc/r-cran-modeldata/copyright'), 'utf8');
  return {
    id: 'reviews',
    fields: {
      words: rows(
        all.map(({ text }) => text),
        words,
        list,
      ),
      label: all.map(({ label }) => label),
    },
    lists: [list],
    samples: { train: train.length, test: test.length },
    licence: [
      'Reviews of food',
      '',
      'Origin: reviews of fine foods on Amazon, collected for J. McAuley and J. Leskovec, “From amateurs to',
      'connoisseurs: modeling the evolution of user expertise through online reviews”, WWW 2013,',
      'https://snap.stanford.edu/data/web-FineFoods.html. Terms of that collection are not stated by the package. Each',
      'review was written by a customer of Amazon; names of the writers are not in this file.',
      'Taken from: small_fine_foods of the R package modeldata 1.1.0, distributed under the MIT licence below.',
      'Changed: reviews that occur twice were left out; of each, the first words and marks are kept, written small,',
      'as numbers of the words that are most frequent, compressed.',
      '',
      'Copyright 2019 Max Kuhn, RStudio',
      '',
      debianLicence(copyright, 'MIT'),
    ].join('\n'),
  };
}
