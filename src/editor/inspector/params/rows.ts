/** The fields of a node's hyperparameters, in order: a layer inside another has its own among them. */
import type { Json, NetworkNode } from '@/document';
import { choice, type LayerDeclaration, type ParamSpec } from '@/layers';

export interface ParamRow {
  key: string;
  /** The node's hyperparameter that the field is a part of. */
  param: string;
  spec: ParamSpec;
  /** Each node's value; undefined for the default. */
  raws: (Json | undefined)[];
  /** The node's hyperparameter with this value of the field's; undefined for the default. */
  write(node: NetworkNode, value: Json | undefined): Json | undefined;
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a hyperparameter has a meaning beside the others of its layer. */
const applies = (
  { onlyWhere }: ParamSpec,
  specs: LayerDeclaration['params'],
  given: { readonly [name: string]: Json } = {},
): boolean =>
  onlyWhere === undefined || onlyWhere.is.includes(given[onlyWhere.param] ?? (specs[onlyWhere.param]?.default as Json));

/**
 * One row a hyperparameter that has a meaning at one of the nodes; where its value is a layer, one for its type and
 * one for each of its settings.
 */
export const rowsOf = ({ params }: LayerDeclaration, nodes: readonly NetworkNode[]): ParamRow[] =>
  Object.entries(params).flatMap(([param, spec]): ParamRow[] => {
    if (!nodes.some((node) => applies(spec, params, node.params))) return [];
    const raws = nodes.map((node) => node.params?.[param]);
    const { editor } = spec;
    if (editor.kind !== 'layer') return [{ key: param, param, spec, raws, write: (_, value) => value }];
    return innerRows(param, spec, editor.layers, raws);
  });

function innerRows(
  param: string,
  spec: ParamSpec,
  layers: readonly LayerDeclaration[],
  raws: readonly (Json | undefined)[],
): ParamRow[] {
  const inner = (raw: Json | undefined): { [key: string]: Json } => {
    const given = raw ?? (spec.default as Json);
    return isObject(given) ? given : { type: given };
  };
  const settings = (raw: Json | undefined): { [key: string]: Json } => {
    const { params = {} } = inner(raw);
    return isObject(params) ? params : {};
  };
  const given = raws.map((raw) => (raw === undefined ? undefined : inner(raw).type));
  const types = new Set(raws.map((raw) => inner(raw).type));
  const [type] = types;
  const layer = types.size === 1 ? layers.find((candidate) => candidate.type === type) : undefined;
  const options = Object.fromEntries(layers.map(({ type: name, title }) => [name, title]));
  const kind = choice({ label: spec.label, help: spec.help, default: String(inner(undefined).type), options });
  return [
    {
      key: param,
      param,
      spec: kind,
      raws: given,
      write: (_, value) => (value === undefined ? undefined : { type: value }),
    },
    ...Object.entries(layer?.params ?? {})
      .filter(([, own]) => raws.some((raw) => applies(own, layer?.params ?? {}, settings(raw))))
      .map(([name, own]) => ({
        key: `${param}/${name}`,
        param,
        spec: own,
        raws: raws.map((raw) => settings(raw)[name]),
        write: ({ params }: NetworkNode, value: Json | undefined) => {
          const { [name]: _, ...others } = settings(params?.[param]);
          const next = value === undefined ? others : { ...others, [name]: value };
          return { type: inner(params?.[param]).type ?? null, ...(Object.keys(next).length > 0 && { params: next }) };
        },
      })),
  ];
}
