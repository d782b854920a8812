/** A node's hyperparameters, read by its declaration. */
import type { Json } from '@/document';
import type { LayerDeclaration } from './declaration';

export interface ParamProblem {
  param: string;
  message: string;
}

/**
 * A node's hyperparameters with defaults filled in, each read by its declaration.
 * `params` holds only what could be read; every other is a problem.
 */
export function resolveParams(
  layer: LayerDeclaration,
  given: Readonly<Record<string, Json>> = {},
): { params: Record<string, unknown>; problems: ParamProblem[] } {
  const params: Record<string, unknown> = {};
  const problems: ParamProblem[] = [];
  for (const [name, spec] of Object.entries(layer.params)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined) {
      params[name] = spec.default;
      continue;
    }
    const read = spec.read(value);
    if ('error' in read) problems.push({ param: name, message: read.error });
    else params[name] = read.value;
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(layer.params, name)) problems.push({ param: name, message: `${layer.title} has no “${name}”.` });
  }
  return { params, problems };
}
