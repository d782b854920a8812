/** A layer at every step of a sequence, with the same weights. What it is and does is the inner layer's declaration. */
import type { Json } from '@/document';
import {
  defineLayer,
  type Inferred,
  type LayerDeclaration,
  type Refusal,
  type Repair,
  type Tensor,
  type Window,
} from '../declaration';
import { type Dim, formatShape } from '../dimension';
import { type Derivation, derive } from '../formula';
import { type InnerLayer, innerLayer } from '../inside';
import { kerasClasses, readKeras, writeKeras } from '../keras';
import { resolveParams } from '../resolve';
import { NOT_TOLD } from '../shared/window';

/** With the batch and time; the backends know no more axes. */
const RANKS = [3, 4, 5, 6];

/**
 * Keras calls the inner layer with one tensor and nothing else, passes by what it would add to the loss, and has one
 * output of it.
 */
function fitsInside(layer: LayerDeclaration): boolean {
  const { role, inputs, keras, importedOnly, addsToLoss, blocksGradient } = layer;
  const [first, ...others] = Object.values(inputs);
  const takesOne = first !== undefined && !first.many && !first.optional && others.every(({ optional }) => optional);
  const plain = role === undefined && !importedOnly && !addsToLoss && !blocksGradient;
  const further = Object.keys(layer.outputs?.(resolveParams(layer).params) ?? {});
  const reached = !first?.rank || first.rank.some((rank) => RANKS.includes(rank + 1));
  return takesOne && reached && plain && further.length === 0 && keras !== undefined && !keras.callOptions;
}

/** @param all the other layers, of which some can be inside */
export function timeDistributed(all: readonly LayerDeclaration[]): LayerDeclaration {
  const layers = all.filter(fitsInside);
  const byType = new Map(layers.map((layer) => [layer.type, layer]));
  const classes = kerasClasses(layers);
  const opened = ({ type, params }: InnerLayer) => {
    const layer = byType.get(type);
    if (!layer) throw new Error(`“${type}” cannot be inside`);
    return { layer, params: resolveParams(layer, params).params };
  };
  return defineLayer({
    type: 'timeDistributed',
    title: 'TimeDistributed',
    family: 'recurrent',
    summary: 'Does with every step of a sequence what a layer does with one sample.',
    keywords: ['wrapper', 'every step', 'video', 'frames', 'sequence', 'time'],
    docs: {
      text: 'Axis 1 is time: the layer inside sees one step after the other, each as a sample of its own, always with the same weights. So a convolution looks at every frame of a video, and a recurrent layer reads every sentence of a text. Marks of padding go past the inner layer and on to the next. Batch statistics are taken anew at each step, as in Keras.',
      formula: 'y_{n,t} = f(x_{n,t})',
      source: {
        title: 'Keras: TimeDistributed',
        url: 'https://keras.io/api/layers/recurrent_layers/time_distributed/',
      },
    },
    params: {
      layer: innerLayer({
        label: 'Layer',
        help: 'What is done with every step.',
        default: { type: 'dense' },
        layers,
      }),
    },
    inputs: { in: { title: 'Sequence', rank: RANKS } },
    digest: ({ layer: inner }) => {
      const { layer, params } = opened(inner);
      return [layer.title, ...layer.digest(params)];
    },
    infer({ params: { layer: inner }, inputs: { in: x }, fields }) {
      const { layer, params } = opened(inner);
      if (params.stateful === true) {
        const message = `${layer.title} cannot be stateful at every step: what it remembers would go on from step to step.`;
        const rest = Object.fromEntries(Object.entries(inner.params ?? {}).filter(([name]) => name !== 'stateful'));
        const plain = { type: inner.type, ...(Object.keys(rest).length > 0 && { params: rest }) };
        const repairs = [{ title: 'Not stateful', kind: 'setParams' as const, params: { layer: plain } }];
        return { refusal: { message, param: 'layer', repairs } };
      }
      const each = atStep(x);
      const [port = 'in'] = Object.keys(layer.inputs);
      const ranks = layer.inputs[port]?.rank;
      if (ranks && !ranks.includes(each.shape.length)) return { refusal: wrongRank(layer, ranks, x) };
      const found = layer.infer({ params, inputs: { [port]: each }, fields });
      if ('refusal' in found) return { refusal: outside(found.refusal, inner) };
      if (found.further) {
        const message = `${layer.title} would give several outputs at each step, and only one can go on.`;
        return { refusal: { message, param: 'layer' } };
      }
      return overTime(found, inner, x);
    },
    names: { pytorch: 'flatten(0, 1), unflatten(0, …)' },
    keras: {
      className: 'TimeDistributed',
      write({ params: { layer: inner }, inputs, output }) {
        const { layer, params } = opened(inner);
        const { className, config, custom } = writeKeras(layer, {
          params,
          inputs: inputs.map(atStep),
          output: atStep(output),
        });
        const own = custom ?? layer.keras?.custom ?? false;
        const elsewhere = layer.keras?.module;
        const json: Json = {
          module: own ? null : (elsewhere ?? 'keras.layers'),
          class_name: className,
          config: { name: inner.type.toLowerCase(), ...config },
          registered_name: own ? `tensorloom>${className}` : elsewhere === undefined ? null : className,
        };
        return { className: 'TimeDistributed', config: { layer: json } };
      },
      read({ layer: given, ...rest }) {
        const { class_name: className, config, module, registered_name: registered } = isObject(given) ? given : {};
        const known = typeof className === 'string' ? classes(className) : undefined;
        const ours = typeof registered === 'string' && registered.startsWith('tensorloom>');
        const foreign =
          !ours &&
          ((typeof registered === 'string' && registered.includes('>')) ||
            (typeof module === 'string' && !/^(keras|tf_keras|keras_core)(\.|$)/.test(module)));
        if (!known || foreign || (known.keras?.custom && !ours) || !isObject(config)) {
          return { unsupported: `Around ${String(className)} it is not known here.` };
        }
        const reading = readKeras(known, String(className), config);
        if ('unsupported' in reading) return { unsupported: `${String(className)} inside: ${reading.unsupported}` };
        const { params } = reading;
        return {
          config: { ...rest, layer: { type: known.type, ...(Object.keys(params).length > 0 && { params }) } },
        };
      },
    },
  });
}

const isObject = (json: Json | undefined): json is { [key: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** One step of a sequence. Marks of padding are not the inner layer's affair. */
const atStep = ({ shape: [batch = 1, , ...rest], dtype, squashed }: Tensor): Tensor => ({
  shape: [batch, ...rest],
  dtype,
  ...(squashed && { squashed }),
});

function wrongRank({ title }: LayerDeclaration, ranks: readonly number[], { shape }: Tensor): Refusal {
  return {
    message: `${title} at every step needs ${ranks.join(' or ')} axes, time first, but gets ${formatShape(shape)}.`,
    why: 'The first axis besides the batch is time; what is left is what the layer inside sees.',
    port: 'in',
  };
}

/** What the inner layer has against it, said of the whole. */
function outside({ param: _, ...refusal }: Refusal, inner: InnerLayer): Refusal {
  const { port, repairs } = refusal;
  const around = (repair: Repair): Repair =>
    repair.kind === 'setParams'
      ? { ...repair, params: { layer: { type: inner.type, params: { ...inner.params, ...repair.params } } } }
      : repair;
  return {
    ...refusal,
    message: `At every step: ${refusal.message}`,
    ...(port === undefined ? { param: 'layer' } : { port: 'in' }),
    ...(repairs && { repairs: repairs.map(around) }),
  };
}

/** What the inner layer gives at one step, at all of them. */
function overTime(found: Inferred, inner: InnerLayer, x: Tensor): Inferred {
  const [, steps = 1] = x.shape;
  const { output, macs, operations, window, channels, order, errors, warnings, ...rest } = found;
  const [batch = 1, ...sizes] = output.shape;
  const { masked: _, ...plain } = output;
  return {
    ...rest,
    output: { ...plain, shape: [batch, steps, ...sizes], ...(x.masked && { masked: true }) },
    ...(macs && { macs: times(steps, macs) }),
    ...(operations && { operations: times(steps, operations) }),
    ...(order && { order: [1, ...order.map((axis) => axis + 1)] }),
    ...(window && { window: channels === 'first' ? NOT_TOLD : windowOver(window) }),
    ...(errors && { errors: errors.map((refusal) => outside(refusal, inner)) }),
    ...(warnings && { warnings: warnings.map((refusal) => outside(refusal, inner)) }),
  };
}

/** `T` alone may be a length within a step. */
const times = (steps: Dim, { title, formula, values }: Derivation): Derivation =>
  derive(title, `T_steps·(${formula})`, { ...values, T_steps: steps });

/** Each step sees itself alone. What leaves axes behind that are none of the input's cannot be told. */
const windowOver = (window: Window | 'global'): Window =>
  window === 'global' || window.kernel.length === 0
    ? NOT_TOLD
    : {
        kernel: [1, ...window.kernel],
        strides: [1, ...window.strides],
        dilation: [1, ...window.dilation],
        ...(window.before && { before: [0, ...window.before] }),
      };
