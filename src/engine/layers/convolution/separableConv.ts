/** Separable convolutions; stock tfjs has none over a sequence and cannot train dilation. */
import { reshape, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { dense } from '../../fused/dense';
import type { Finish } from '../../fused/plane';
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

  protected override convolve(x: Tensor, { bias, activation }: Finish): Tensor {
    const inner = depthwise(x, this.depthwiseKernel?.read() as Tensor, this.axes);
    const channels = inner.shape.at(-1) ?? 1;
    const mix: Tensor2D = reshape(this.pointwiseKernel?.read() as Tensor, [channels, this.filters]);
    const mixed = dense(reshape(inner, [-1, channels]), mix, bias, activation);
    return reshape(mixed, [...inner.shape.slice(0, -1), mixed.shape[1]]);
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
