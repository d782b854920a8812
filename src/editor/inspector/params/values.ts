import { type Environment, type Json, substitute } from '@/document';
import type { ParamSpec } from '@/layers';
import type { ParamValue } from './ParamField';

const NOTHING: Environment = {};

/**
 * What a field shows for one node, or for several that may differ. `raw` holds undefined for the default.
 * @param environment what expressions speak of, inside a block
 */
export function paramValue(
  spec: ParamSpec,
  raws: readonly (Json | undefined)[],
  environment: Environment = NOTHING,
): ParamValue {
  const [raw] = raws;
  const mixed = new Set(raws.map((value) => JSON.stringify(value ?? spec.default))).size > 1;
  if (raw === undefined || mixed) return { raw, value: spec.default, ...(mixed && { mixed }) };
  const meant = substitute(raw, environment);
  const computed = JSON.stringify(meant) !== JSON.stringify(raw);
  const read = spec.read(meant);
  const written = computed ? { raw, expression: wordsOf(raw) } : { raw };
  return 'error' in read ? { ...written, value: spec.default, problem: read.error } : { ...written, value: read.value };
}

/** An expression as it is typed; one for each axis with × between them, or one for all. */
const wordsOf = (raw: Json): string =>
  typeof raw === 'string' ? raw : Array.isArray(raw) ? axesOf(raw.map(wordsOf)) : JSON.stringify(raw);

const axesOf = (words: readonly string[]): string => (new Set(words).size === 1 ? (words[0] ?? '') : words.join('×'));
