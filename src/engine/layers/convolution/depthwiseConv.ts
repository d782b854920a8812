/** Depthwise convolutions; stock tfjs has none over a sequence and passes over dilation. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { type Finish, finished } from '../../fused/plane';
import { ConvolutionLayer, type Settings, type Weight } from './base';
import { depthwise } from './correlate';

abstract class DepthwiseConv extends ConvolutionLayer {
  private readonly multiplier = this.number('depthMultiplier', 1);
  private kernel?: Weight;

  protected override maps(channels: number): number {
    return channels * this.multiplier;
  }

  protected override addKernels(channels: number): void {
    this.kernel = this.zeros('kernel', [...this.kernelSize, channels, this.multiplier]);
  }

  protected override convolve(x: Tensor, finish: Finish): Tensor {
    return finished(depthwise(x, this.kernel?.read() as Tensor, this.axes), finish);
  }
}

export class DepthwiseConv1D extends DepthwiseConv {
  static className = 'DepthwiseConv1D';
  constructor(settings: Settings) {
    super(settings, 1);
  }
}

export class DepthwiseConv2D extends DepthwiseConv {
  static className = 'DepthwiseConv2D';
  constructor(settings: Settings) {
    super(settings, 2);
  }
}
