/** “Pride and Prejudice”, character by character. */
import { NOVEL } from '@/datasets/catalogue/texts';
import { encoderFor } from '@/datasets/text/encode';
import { austenLicence, paragraphsOf } from './austen';
import type { Product } from './product';
import { fieldOf } from './vocabulary';

/** One running text; its last part is held out. */
export function novel(): Product {
  const { fields, samples } = NOVEL;
  const { shape, vocabulary } = fieldOf(fields, 'text');
  const text = paragraphsOf('prideprejudice').join('\n');
  const { indices, unlisted } = encoderFor('character', vocabulary?.entries ?? [])(text);
  console.log(`  characters left out: ${[...new Set(unlisted)].join('')}`);
  const steps = shape[0] ?? 1;
  const count = Math.floor((indices.length - 1) / steps);
  return {
    id: 'novel',
    fields: { text: indices.slice(0, count * steps + 1) },
    samples: { train: count - samples.test, test: samples.test },
    licence: austenLicence('Pride and Prejudice', [
      'Changed: titles, headings, underscores and digits were left out, each paragraph was put on one line,',
      'and the characters were stored as numbers, compressed.',
    ]),
  };
}
