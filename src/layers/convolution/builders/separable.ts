/** The separable convolution: first along the spatial axes, each channel by itself, then across the channels. */
import { defineLayer, type LayerDeclaration } from '../../declaration';
import { derive } from '../../formula';
import { activation, activationDigest, squashedBy } from '../../shared/activations';
import { weightOf, weightParams } from '../../shared/weights';
import { dataFormat, padding, shapeOf, sizesDigest, strideDigest, strides } from '../../shared/window';
import { counted } from '../../shared/words';
import {
  bias,
  depthMultiplier,
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
} from './parts';

export function separableConvolution({ type, title, axes, summary, keywords, docs, names }: Facts): LayerDeclaration {
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
      padding: padding(),
      depthMultiplier: depthMultiplier(),
      activation: activation(),
      useBias: bias(),
      dilation: dilation(axes),
      dataFormat: dataFormat(),
      ...weightParams('depthwise', 'Depthwise kernel', 'glorotUniform'),
      ...weightParams('pointwise', 'Pointwise kernel', 'glorotUniform'),
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
      const values = { K: p.filters, C: channels, M: p.depthMultiplier, ...kernelValues(axes, p.kernelSize) };
      const each = `C·M·${kernelProduct(axes)} + C·M·K`;
      return {
        output: {
          shape: shapeOf({ ...slid.plane, spatial: slid.spatial, channels: p.filters }, p.dataFormat),
          dtype: 'float32',
          ...squashedBy(p.activation),
        },
        weights: [
          weightOf(
            'depthwise_kernel',
            [...p.kernelSize, channels, p.depthMultiplier],
            [...kernelSymbols(axes), 'C', 'M'],
            p,
            'depthwise',
          ),
          weightOf(
            'pointwise_kernel',
            [...ones(axes), channels * p.depthMultiplier, p.filters],
            [...ones(axes).map(String), 'C·M', 'K'],
            p,
            'pointwise',
          ),
          ...(p.useBias ? [weightOf('bias', [p.filters], ['K'], p)] : []),
        ],
        shape: slid.shape,
        parameters: derive('Parameters', `${each}${p.useBias ? ' + K' : ''}`, values),
        macs: macsAt(axes, slid.spatial, `(${each})`, values),
        ...slid.seen,
      };
    },
    names,
    keras: { className: title, names: { dilation: 'dilation_rate' } },
  });
}
