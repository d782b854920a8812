/** What there is to be learnt from a text, as the fields tell it. */
import type { Fields } from '../types';

/**
 * `label`: one class for the whole text. `tags`: a class for each step. `continue`: what follows, at each step.
 * `write`: another text, each step of which is written knowing those before.
 */
export interface TextTask {
  kind: 'label' | 'tags' | 'continue' | 'write';
  /** The field of the text that is read. */
  text: string;
  target: string;
  /** For `write`: the field of what has been written before each step. */
  written?: string;
}

/** Which field is learnt from a text; null where there is no text, or its target has no classes. */
export function textTask(fields: Fields, target = targetOf(fields)): TextTask | null {
  const answer = target === undefined ? undefined : fields[target];
  const text = Object.keys(fields).find((name) => fields[name]?.kind === 'tokens' && !fields[name].made);
  if (target === undefined || text === undefined || answer?.kind !== 'class') return null;
  if (answer.shape.length === 0) return { kind: 'label', text, target };
  if (answer.made?.by === 'next') return { kind: 'continue', text: answer.made.of, target };
  const written = Object.keys(fields).find(
    (name) => fields[name]?.made?.by === 'before' && fields[name].made.of === target,
  );
  if (written !== undefined) return { kind: 'write', text, target, written };
  return answer.shape.length === 1 ? { kind: 'tags', text, target } : null;
}

const targetOf = (fields: Fields): string | undefined =>
  Object.keys(fields).find((name) => fields[name]?.kind === 'class');
