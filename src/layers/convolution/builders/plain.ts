/** The plain convolution, with groups and low-rank adaptation. */
import { defineLayer, type LayerDeclaration, type Refusal, type Weight } from '../../declaration';
import { derive } from '../../formula';
import { integer, optionalInteger, type Penalty, type Variant } from '../../params';
import { activation, activationDigest, squashedBy } from '../../shared/activations';
import { weightOf, weightParams } from '../../shared/weights';
import { causalPadding, dataFormat, padding, shapeOf, sizesDigest, strideDigest, strides } from '../../shared/window';
import { counted } from '../../shared/words';
import {
  bias,
  dilation,
  type Facts,
  filters,
  inputs,
  kernelProduct,
  kernelSize,
  kernelSymbols,
  kernelValues,
  macsAt,
  ones,
  slideOver,
  stridedAndDilated,
} from './parts';

export function convolution({ type, title, axes, summary, keywords, docs, names }: Facts): LayerDeclaration {
  return defineLayer({
    type,
    title,
    family: 'convolution',
    summary,
    keywords,
    docs,
    params: {
      filters: filters(),
      kernelSize: kernelSize(axes),
      strides: strides(ones(axes)),
      padding: axes === 1 ? causalPadding() : padding(),
      activation: activation(),
      useBias: bias(),
      dilation: dilation(axes),
      groups: integer({
        label: 'Groups',
        help: 'Splits the channels; each group of filters sees its own part only.',
        symbol: 'G',
        min: 1,
        default: 1,
        advanced: true,
      }),
      dataFormat: dataFormat(),
      loraRank: optionalInteger({
        label: 'LoRA rank',
        empty: 'none',
        help: 'Freezes the kernel and learns a change to it as a product of two small matrices of this rank, to fine-tune cheaply. Empty: the kernel itself is learned.',
        symbol: 'r',
        min: 1,
        max: 10_000,
        default: null,
        advanced: true,
      }),
      loraAlpha: optionalInteger({
        label: 'LoRA strength',
        empty: 'as the rank',
        help: 'The learned change counts this number divided by the rank. Empty: as the rank, so it counts once.',
        symbol: 'α',
        min: 1,
        default: null,
        advanced: true,
      }),
      ...weightParams('kernel', 'Kernel', 'glorotUniform'),
      ...weightParams('bias', 'Bias', 'zeros'),
    },
    inputs: inputs(axes),
    sizeParam: 'filters',
    digest: (p) => [
      counted(p.filters, 'filter'),
      sizesDigest(p.kernelSize),
      ...strideDigest(p.strides),
      ...activationDigest(p.activation),
    ],
    infer({ params: p, inputs: { in: x } }) {
      const slid = slideOver(axes, x, p);
      if ('refusal' in slid) return slid;
      const { channels } = slid.plane;
      const refused = unevenGroups(p.filters, p.groups, channels) ?? stridedAndDilated(axes, p) ?? heldAndAdapted(p);
      if (refused) return refused;
      const share = p.groups === 1 ? 'C' : 'C/G';
      const perFilter = `${kernelProduct(axes)}·${share}`;
      const values = {
        K: p.filters,
        ...kernelValues(axes, p.kernelSize),
        C: channels,
        ...(p.groups > 1 && { G: p.groups }),
        ...(p.loraRank !== null && { r: p.loraRank }),
      };
      const adapted = p.loraRank === null ? '' : ` + ${perFilter}·r + r·K`;
      return {
        output: {
          shape: shapeOf({ ...slid.plane, spatial: slid.spatial, channels: p.filters }, p.dataFormat),
          dtype: 'float32',
          ...squashedBy(p.activation),
        },
        weights: weights(p, [...p.kernelSize, channels / p.groups], [...kernelSymbols(axes), share]),
        shape: slid.shape,
        parameters: derive('Parameters', `K·(${perFilter})${adapted}${p.useBias ? ' + K' : ''}`, values),
        macs: macsAt(axes, slid.spatial, `K·(${perFilter})`, values),
        ...slid.seen,
      };
    },
    names,
    keras: { className: title, names: { dilation: 'dilation_rate' } },
  });
}

interface Adapted {
  filters: number;
  useBias: boolean;
  loraRank: number | null;
  kernelRegularizer: Penalty;
  kernelConstraint: Variant | null;
}

/** In Keras's order. Under low-rank adaptation (Hu et al. 2021) the kernel rests and two small matrices learn. */
function weights(params: Adapted, perFilter: readonly number[], symbols: readonly string[]): Weight[] {
  const { filters: count, loraRank } = params;
  const kernel = weightOf('kernel', [...perFilter, count], [...symbols, 'K'], { ...params });
  const bias = params.useBias ? [weightOf('bias', [count], ['K'], { ...params })] : [];
  if (loraRank === null) return [kernel, ...bias];
  const learned = { penalty: params.kernelRegularizer, constraint: null, trainable: true };
  return [
    { ...kernel, penalty: { l1: 0, l2: 0 }, trainable: false },
    ...bias,
    {
      name: 'lora_kernel_a',
      shape: [...perFilter, loraRank],
      symbols: [...symbols, 'r'],
      initializer: 'heUniform',
      ...learned,
    },
    { name: 'lora_kernel_b', shape: [loraRank, count], symbols: ['r', 'K'], initializer: 'zeros', ...learned },
  ];
}

/** Groups must split both the channels and the filters evenly. */
function unevenGroups(count: number, groups: number, channels: number): { refusal: Refusal } | null {
  if (channels % groups === 0 && count % groups === 0) return null;
  const [what, number] = channels % groups === 0 ? ['filters', count] : ['input channels', channels];
  return {
    refusal: {
      message: `${groups} groups do not divide ${number} ${what}.`,
      why: 'Each group takes an equal share of the channels and computes an equal share of the filters.',
      param: 'groups',
      repairs: [{ title: 'Use one group', kind: 'setParams', params: { groups: 1 } }],
    },
  };
}

function heldAndAdapted({ loraRank, kernelConstraint }: Adapted): { refusal: Refusal } | null {
  if (loraRank === null || kernelConstraint === null) return null;
  return {
    refusal: {
      message: `A kernel under a constraint cannot be adapted by LoRA of rank ${loraRank}.`,
      why: 'LoRA leaves the kernel as it is and learns a change beside it, so there is no update after which the kernel could be brought back to its bounds.',
      param: 'loraRank',
      repairs: [
        { title: 'Drop the constraint', kind: 'setParams', params: { kernelConstraint: null } },
        { title: 'Drop LoRA', kind: 'setParams', params: { loraRank: null } },
      ],
    },
  };
}
