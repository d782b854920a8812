/** A dense layer or a convolution whose kernel is normalised. Keras has the layer inside the normalisation. */
import type { Json } from '@/document';
import { conv2d } from '../convolution/conv2d';
import { dense } from '../core/dense';
import type { KerasForm, KerasSpelling, LayerDeclaration, RuleResult, Tensor, Weight } from '../declaration';
import { formatShape } from '../dimension';
import { choice, flag, integer, onlyWhere, pair } from '../params';
import { activation } from '../shared/activations';
import { padding, strides } from '../shared/window';
import { counted } from '../shared/words';

export const innerParams = {
  layer: choice({
    label: 'Layer',
    help: 'The layer whose kernel is normalised.',
    default: 'dense',
    options: { dense: 'Dense', conv2d: 'Conv2D' },
  }),
  units: integer({
    label: 'Units',
    help: 'How many values, or feature maps, the layer computes.',
    symbol: 'K',
    min: 1,
    max: 100_000,
    default: 32,
  }),
  kernelSize: pair({
    label: 'Kernel size',
    help: 'Height and width of the window.',
    onlyWhere: { param: 'layer', is: ['conv2d'] },
    symbol: 'F',
    min: 1,
    max: 1000,
    default: [3, 3],
  }),
  strides: onlyWhere('layer', ['conv2d'], strides([1, 1] as const)),
  padding: onlyWhere('layer', ['conv2d'], padding()),
  activation: activation(),
  useBias: flag({ label: 'Bias', help: 'Adds a learned constant to each unit.', default: true }),
};

interface Inner extends Readonly<Record<string, unknown>> {
  layer: 'dense' | 'conv2d';
  units: number;
}

const LAYERS = { dense, conv2d } as const;

type Parts = Exclude<RuleResult, { refusal: unknown }>;

/** What the layer inside says, of its own hyperparameters; its activation is no business of what comes after. */
export function inferInner(params: Inner, x: Tensor): Parts | Extract<RuleResult, { refusal: unknown }> {
  const layer: LayerDeclaration = LAYERS[params.layer];
  if (params.layer === 'conv2d' && x.shape.length !== 4) {
    return {
      refusal: {
        message: `Conv2D works on an image (height×width×channels) but gets ${formatShape(x.shape)}.`,
        port: 'in',
        repairs: [{ title: 'Use Dense', kind: 'setParams', params: { layer: 'dense' } }],
      },
    };
  }
  const defaults = Object.entries(layer.params).map(([name, spec]) => [name, params[name] ?? spec.default]);
  const own = { ...Object.fromEntries(defaults), [params.layer === 'dense' ? 'units' : 'filters']: params.units };
  const result = layer.infer({ params: own, inputs: { in: x }, fields: undefined });
  if ('refusal' in result) return result;
  const { shape, dtype } = result.output;
  return { ...result, output: { shape, dtype } };
}

export const kernelOf = ({ weights = [] }: Parts): Weight => {
  const [kernel] = weights;
  if (!kernel) throw new Error('a layer without a kernel');
  return kernel;
};

export const innerDigest = ({ layer, units }: { layer: 'dense' | 'conv2d'; units: number }): string[] => [
  counted(units, layer === 'dense' ? 'unit' : 'filter'),
];

type Config = Readonly<Record<string, Json>>;

/** What a convolution may have besides, and is here as Keras has it by default. */
const FIXED = { data_format: 'channels_last', dilation_rate: [1, 1], groups: 1 } as const;

const SHARED = ['activation', 'use_bias'];

/** @param outer the settings that belong to the normalisation itself, in Keras's spelling */
export function wrapping<P>(className: string, outer: readonly string[]): KerasForm<P> {
  return {
    className,
    fixed: { ...FIXED, dilation_rate: [...FIXED.dilation_rate] },
    write(_, config): KerasSpelling {
      const own = Object.fromEntries(outer.map((name) => [name, config[name] ?? null]));
      const ofWeights = Object.keys(config).filter((name) => /_(initializer|regularizer|constraint)$/.test(name));
      const common = pick(config, [...SHARED, ...ofWeights]);
      const inner: Config =
        config.layer === 'dense'
          ? { units: config.units ?? 1, ...common }
          : {
              filters: config.units ?? 1,
              ...pick(config, ['kernel_size', 'strides', 'padding', ...Object.keys(FIXED)]),
              ...common,
            };
      const layer: Json = {
        module: 'keras.layers',
        class_name: config.layer === 'dense' ? 'Dense' : 'Conv2D',
        config: { ...inner },
        registered_name: null,
      };
      return { className, config: { layer, ...own } };
    },
    read(config) {
      const { layer, ...own } = config;
      const given = isObject(layer) ? layer : {};
      const type = given.class_name === 'Dense' ? 'dense' : given.class_name === 'Conv2D' ? 'conv2d' : null;
      if (type === null || !isObject(given.config)) {
        return { unsupported: `Around ${String(given.class_name)} it is not known here.` };
      }
      const { filters, units, ...inner } = given.config;
      return { config: { ...inner, ...own, layer: type, units: units ?? filters ?? null } };
    },
  };
}

const pick = (config: Config, names: readonly string[]): Record<string, Json> =>
  Object.fromEntries(names.filter((name) => config[name] !== undefined).map((name) => [name, config[name] ?? null]));

const isObject = (json: Json | undefined): json is { [key: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json);
