/** Separable convolutions; stock tfjs has none over a sequence and cannot train dilation. */
import { matMul, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { ConvolutionLayer, type Settings, type Weight } from './base';
import { depthwise } from './correlate';

abstract class SeparableConv extends ConvolutionLayer {
  private readonly filters = this.number('filters', 1);
  private readonly multiplier = this.number('depthMultiplier', 1);
  private depthwiseKernel?: Weight;
  private pointwiseKernel?: Weight;

  protected override maps(): number {
    return this.filters;
  }

  protected override addKernels(channels: number): void {
    const inner = channels * this.multiplier;
    this.depthwiseKernel = this.zeros('depthwise_kernel', [...this.kernelSize, channels, this.multiplier]);
    this.pointwiseKernel = this.zeros('pointwise_kernel', [...this.kernelSize.map(() => 1), inner, this.filters]);
  }

  protected override convolve(x: Tensor): Tensor {
    const inner = depthwise(x, this.depthwiseKernel?.read() as Tensor, this.axes);
    const channels = inner.shape.at(-1) ?? 1;
    const mix = reshape(this.pointwiseKernel?.read() as Tensor, [channels, this.filters]);
    return reshape(matMul(reshape(inner, [-1, channels]), mix), [...inner.shape.slice(0, -1), this.filters]);
  }
}

export class SeparableConv1D extends SeparableConv {
  static className = 'SeparableConv1D';
  constructor(settings: Settings) {
    super(settings, 1);
  }
}

export class SeparableConv2D extends SeparableConv {
  static className = 'SeparableConv2D';
  constructor(settings: Settings) {
    super(settings, 2);
  }
}
