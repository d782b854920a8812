import type { FieldSpec } from '@/datasets';
import { fullNumber } from '@/editor/inspector/numbers';

/** What a field holds, in a few words: `80 words, of 5,000`. */
export function fieldText({ kind, shape, classes, vocabulary }: FieldSpec): string {
  if (vocabulary) return `${shape.join('×')} ${vocabulary.unit}s, of ${fullNumber(vocabulary.size)}`;
  if (kind !== 'class') return shape.join('×');
  const each = shape.length > 0 ? ` at each of ${shape.join('×')} steps` : '';
  return `${fullNumber(classes?.length ?? 0)} classes${each}`;
}
