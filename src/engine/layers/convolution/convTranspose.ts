/** Transposed convolutions with output padding and dilation; stock tfjs has neither, none over a sequence, and cannot train the one over a volume. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { type Finish, finished } from '../../fused/plane';
import { ConvolutionLayer, type Settings, type Weight } from './base';
import { grown, type TransposedAxis } from './geometry';
import { layDown } from './transposed';

abstract class ConvTranspose extends ConvolutionLayer {
  private readonly filters = this.number('filters', 1);
  private readonly transposed: readonly TransposedAxis[];
  private kernel?: Weight;

  constructor(settings: Settings, rank: number) {
    super(settings, rank);
    const extra = settings.outputPadding === null || settings.outputPadding === undefined ? null : 0;
    const extras = this.sizes('outputPadding', rank, 0);
    this.transposed = this.axes.map((axis, at) => ({
      ...axis,
      padding: axis.padding === 'same' ? 'same' : 'valid',
      extra: extra === null ? null : (extras[at] ?? extra),
    }));
  }

  protected override maps(): number {
    return this.filters;
  }

  protected override addKernels(channels: number): void {
    this.kernel = this.zeros('kernel', [...this.kernelSize, this.filters, channels]);
  }

  protected override convolve(x: Tensor, finish: Finish): Tensor {
    return finished(layDown(x, this.kernel?.read() as Tensor, this.transposed), finish);
  }

  protected override sizeOf(size: number, at: number): number {
    return grown(size, this.transposed[at] as TransposedAxis);
  }
}

export class Conv1DTranspose extends ConvTranspose {
  static className = 'Conv1DTranspose';
  constructor(settings: Settings) {
    super(settings, 1);
  }
}

export class Conv2DTranspose extends ConvTranspose {
  static className = 'Conv2DTranspose';
  constructor(settings: Settings) {
    super(settings, 2);
  }
}

export class Conv3DTranspose extends ConvTranspose {
  static className = 'Conv3DTranspose';
  constructor(settings: Settings) {
    super(settings, 3);
  }
}
