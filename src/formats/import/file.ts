/** What a file is: the JSON in it, wherever it lies, and whether it is one that can be opened. */
import { z } from 'zod';
import type { Json } from '@/document';
import { ImportError, isObject, type JsonObject } from './model';

/** Lists and objects within each other, at most so deep: what reads a file goes through it by recursion. */
const DEEPEST = 400;

/** The model's own object: alone, or inside what tools put around it. */
const WRAPPINGS = ['modelTopology', 'model_config', 'model'] as const;

const wrapped = z.looseObject({ class_name: z.string().max(1000), config: z.unknown() });

/** A parsed JSON that nothing can trip over. */
export function checkedDepth(json: unknown): Json {
  let level: unknown[] = [json];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new ImportError(`The file is nested more than ${DEEPEST} deep.`);
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) next.push(inner);
    }
    level = next;
  }
  return json as Json;
}

/** The object that holds a model's class and config; null where there is none. */
export function topologyOf(json: unknown): JsonObject | null {
  let found = json;
  for (let depth = 0; depth < 4 && isObject(found); depth++) {
    if (wrapped.safeParse(found).success) return found;
    found = WRAPPINGS.map((name) => (found as JsonObject)[name]).find((inner) => inner !== undefined);
    // Older converters stored the config as text.
    if (typeof found === 'string') found = checkedDepth(parsedOrNull(found));
  }
  return null;
}

/** A JSON text, or undefined for what is none. */
export function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
