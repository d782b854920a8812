/** Conv2D with groups, and with dilation that can be trained; stock tfjs has neither. */
import {
  add,
  batchToSpaceND,
  concat,
  conv2d,
  depthwiseConv2d,
  reshape,
  spaceToBatchND,
  split,
  type Tensor,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { activationOf } from '../../activations';
import { OwnLayer, onlyShape, onlyTensor } from '../base';

type Pair = [number, number];

export class Conv2D extends OwnLayer {
  static className = 'Conv2D';
  private readonly filters = this.number('filters', 1);
  private readonly kernelSize = this.pair('kernelSize', 1);
  private readonly strides = this.pair('strides', 1);
  private readonly dilation = this.pair('dilationRate', 1);
  private readonly groups = this.number('groups', 1);
  private readonly padding = this.settings.padding === 'same' ? 'same' : 'valid';
  private readonly activation = activationOf(this.settings.activation);
  private kernel?: ReturnType<Conv2D['zeros']>;
  private bias?: ReturnType<Conv2D['zeros']>;

  override build(shapes: Shape | Shape[]): void {
    const channels = onlyShape(shapes)[3] ?? 1;
    this.kernel = this.zeros('kernel', [...this.kernelSize, channels / this.groups, this.filters]);
    if (this.flag('useBias', true)) this.bias = this.zeros('bias', [this.filters]);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs) as Tensor4D; // [N, H, W, C]
      const kernel = this.kernel?.read() as Tensor4D; // [F_h, F_w, C/G, K]
      const y = this.convolve(x, kernel);
      return this.activation(this.bias ? add(y, this.bias.read()) : y);
    });
  }

  private convolve(x: Tensor4D, kernel: Tensor4D): Tensor4D {
    const { groups } = this;
    if (groups === 1) return dilated(x, kernel, this.strides, this.padding, this.dilation);
    const [height, width, perGroup, filters] = kernel.shape;
    const square = this.strides[0] === this.strides[1];
    if (perGroup === 1 && square && this.dilation.every((rate) => rate === 1)) {
      // One channel a group is a depthwise convolution: filters g·M … g·M+M−1 belong to channel g.
      const depthwise = reshape(kernel, [height, width, groups, filters / groups]) as Tensor4D;
      return depthwiseConv2d(x, depthwise, this.strides, this.padding);
    }
    const images = split(x, groups, 3) as Tensor4D[];
    const kernels = split(kernel, groups, 3) as Tensor4D[];
    const parts = images.map((image, at) =>
      dilated(image, kernels[at] as Tensor4D, this.strides, this.padding, this.dilation),
    );
    return concat(parts, 3) as Tensor4D;
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const shape = onlyShape(shapes);
    const sizes = [0, 1].map((axis) => {
      const size = shape[axis + 1];
      if (size === null || size === undefined) return null;
      const [stride, reach] = [
        this.strides[axis] ?? 1,
        (this.dilation[axis] ?? 1) * ((this.kernelSize[axis] ?? 1) - 1) + 1,
      ];
      return this.padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - reach) / stride) + 1;
    });
    return [shape[0] ?? null, sizes[0] ?? null, sizes[1] ?? null, this.filters];
  }
}

/**
 * A convolution with dilation, built so that its gradient exists: every D-th pixel is sorted into an image
 * of its own, these are convolved plainly, and the results sorted back (Yu & Koltun 2016).
 */
function dilated(x: Tensor4D, kernel: Tensor4D, strides: Pair, padding: 'same' | 'valid', [dh, dw]: Pair): Tensor4D {
  if (dh === 1 && dw === 1) return conv2d(x, kernel, strides, padding);
  const [, height, width] = x.shape;
  const rows = around(height, kernel.shape[0], dh, padding);
  const columns = around(width, kernel.shape[1], dw, padding);
  const sorted = spaceToBatchND(x, [dh, dw], [rows.pads, columns.pads]) as Tensor4D;
  const crops = [
    [0, rows.extra],
    [0, columns.extra],
  ];
  return batchToSpaceND(conv2d(sorted, kernel, 1, 'valid'), [dh, dw], crops) as Tensor4D;
}

/** The zeros before and after an axis: its padding, and what makes it divide by the dilation. */
function around(size: number, kernel: number, rate: number, padding: 'same' | 'valid'): { pads: Pair; extra: number } {
  const total = padding === 'same' ? (kernel - 1) * rate : 0;
  const before = Math.floor(total / 2);
  const extra = (rate - ((size + total) % rate)) % rate;
  return { pads: [before, total - before + extra], extra };
}
