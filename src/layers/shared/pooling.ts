/** What max and average pooling over a plane have in common: all but the word. */
import type { LayerSpec } from '../declaration';

import { optionalPair, type Pair, type ParamSpecs, pair } from '../params';
import { padding, sizesDigest, slide, strideDigest, windowTooLarge } from './window';

const ONE: Pair = [1, 1];

const params = {
  poolSize: pair({
    label: 'Pool size',
    help: 'Height and width of the window that becomes one value.',
    symbol: 'F',
    min: 1,
    default: [2, 2],
  }),
  strides: optionalPair({
    label: 'Strides',
    help: 'How far the window moves at each step. Empty: as far as it is large.',
    symbol: 'S',
    min: 1,
    default: null,
  }),
  padding: padding(),
} as const satisfies ParamSpecs;

const inputs = { in: { title: 'Image', rank: [4] } } as const;

/**
 * The parts of a pooling layer's declaration that follow from its being one.
 */
export function pooling(
  className: string,
): Pick<LayerSpec<typeof params, typeof inputs>, 'params' | 'inputs' | 'digest' | 'infer' | 'keras'> {
  return {
    params,
    inputs,
    digest: ({ poolSize, strides }) => [
      sizesDigest(poolSize),
      ...(strides && String(strides) !== String(poolSize) ? strideDigest(strides) : []),
    ],
    infer({ params: { poolSize, strides, padding: kind }, inputs: { in: x } }) {
      const window = { kernel: poolSize, strides: strides ?? poolSize, dilation: ONE, padding: kind };
      const slid = slide(x.shape.slice(1, -1), window);
      if ('tooLarge' in slid)
        return { refusal: windowTooLarge('pooling window', 'poolSize', x, x.shape.slice(1, -1), window) };
      const spatial = slid.sizes.map(({ result }) => result);
      const channels = x.shape[3] ?? 1;
      return {
        output: { shape: [x.shape[0] ?? 1, ...spatial, channels], dtype: x.dtype },
        shape: slid.sizes,
        window,
      };
    },
    keras: {
      className,
      fixed: { data_format: 'channels_last' },
      write: ({ params: { poolSize, strides } }, config) => ({
        className,
        config: { ...config, strides: [...(strides ?? poolSize)] },
      }),
    },
  };
}
