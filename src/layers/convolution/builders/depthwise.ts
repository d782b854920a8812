/** The depthwise convolution: every channel has filters of its own. */
import { defineLayer, type LayerDeclaration } from '../../declaration';
import { derive } from '../../formula';
import { activation, activationDigest, squashedBy } from '../../shared/activations';
import { weightOf, weightParams } from '../../shared/weights';
import { dataFormat, padding, shapeOf, sizesDigest, strideDigest, strides } from '../../shared/window';
import {
  bias,
  depthMultiplier,
  dilation,
  type Facts,
  inputs,
  kernelProduct,
  kernelSize,
  kernelSymbols,
  kernelValues,
  macsAt,
  ones,
  slideOver,
} from './parts';

export function depthwiseConvolution({ type, title, axes, summary, keywords, docs, names }: Facts): LayerDeclaration {
  return defineLayer({
    type,
    title,
    family: 'convolution',
    summary,
    keywords,
    docs,
    params: {
      kernelSize: kernelSize(axes),
      strides: strides(ones(axes)),
      padding: padding(),
      depthMultiplier: depthMultiplier(),
      activation: activation(),
      useBias: bias(),
      dilation: dilation(axes),
      dataFormat: dataFormat(),
      ...weightParams('depthwise', 'Kernel', 'glorotUniform'),
      ...weightParams('bias', 'Bias', 'zeros'),
    },
    inputs: inputs(axes),
    digest: (p) => [
      sizesDigest(p.kernelSize),
      ...(p.depthMultiplier > 1 ? [`${p.depthMultiplier} a channel`] : []),
      ...strideDigest(p.strides),
      ...activationDigest(p.activation),
    ],
    infer({ params: p, inputs: { in: x } }) {
      const slid = slideOver(axes, x, p);
      if ('refusal' in slid) return slid;
      const { channels } = slid.plane;
      const maps = channels * p.depthMultiplier;
      const values = { C: channels, M: p.depthMultiplier, ...kernelValues(axes, p.kernelSize) };
      const each = `C·M·${kernelProduct(axes)}`;
      return {
        output: {
          shape: shapeOf({ ...slid.plane, spatial: slid.spatial, channels: maps }, p.dataFormat),
          dtype: 'float32',
          ...squashedBy(p.activation),
        },
        weights: [
          weightOf(
            'kernel',
            [...p.kernelSize, channels, p.depthMultiplier],
            [...kernelSymbols(axes), 'C', 'M'],
            p,
            'depthwise',
          ),
          ...(p.useBias ? [weightOf('bias', [maps], ['C·M'], p)] : []),
        ],
        shape: [...slid.shape, derive('Output channels', 'C·M', values)],
        parameters: derive('Parameters', `${each}${p.useBias ? ' + C·M' : ''}`, values),
        macs: macsAt(axes, slid.spatial, each, values),
        ...slid.seen,
      };
    },
    names,
    keras: { className: title, names: { dilation: 'dilation_rate' } },
  });
}
