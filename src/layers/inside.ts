/** A layer within another's settings: a hyperparameter whose value is a layer type with hyperparameters of its own. */
import type { Json } from '@/document';
import type { LayerDeclaration } from './declaration';
import type { ParamSpec } from './params';
import { resolveParams } from './resolve';

/** As documents hold it; what is not given is at the inner layer's default. */
export type InnerLayer = {
  readonly type: string;
  readonly params?: { readonly [name: string]: Json };
};

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** One of several layers, with its settings. */
export function innerLayer({
  layers,
  ...facts
}: {
  label: string;
  help: string;
  default: InnerLayer;
  layers: readonly LayerDeclaration[];
}): ParamSpec<InnerLayer> {
  return {
    ...facts,
    editor: { kind: 'layer', layers },
    read(value) {
      const given = typeof value === 'string' ? { type: value } : value;
      const { type, params = {}, ...rest } = isObject(given) ? given : {};
      const layer = layers.find((candidate) => candidate.type === type);
      if (!layer) return { error: `There can be no layer “${String(type)}” inside.` };
      if (!isObject(params) || Object.keys(rest).length > 0) {
        return { error: `${facts.label} must be a layer type with its settings, as { type, params }.` };
      }
      const [problem] = resolveParams(layer, params).problems;
      if (problem) return { error: `${layer.title}: ${problem.message}` };
      const own = Object.entries(params).filter(([name, setting]) => !same(setting, layer.params[name]?.default));
      return { value: { type: layer.type, ...(own.length > 0 && { params: Object.fromEntries(own) }) } };
    },
  };
}
