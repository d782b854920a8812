/** What all convolutional layers have in common: their axes, where the channels stand, bias and activation. */
import { type Tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { activationOf } from '../../activations';
import type { Finish } from '../../fused/plane';
import { OwnLayer, onlyShape, onlyTensor } from '../base';
import { type Axis, places } from './geometry';

export type Weight = ReturnType<ConvolutionLayer['zeros']>;

export type Settings = Readonly<Record<string, unknown>>;

export abstract class ConvolutionLayer extends OwnLayer {
  protected readonly axes: readonly Axis[];
  // tfjs turns names into camelCase when it reads a model.
  private readonly channelsFirst = /^channels_?first$/i.test(String(this.settings.dataFormat));
  private bias?: Weight;

  constructor(settings: Settings, rank: number) {
    super(settings);
    const kernels = this.sizes('kernelSize', rank, 1);
    const strides = this.sizes('strides', rank, 1);
    const rates = this.sizes('dilationRate', rank, 1);
    const { padding } = settings;
    this.axes = kernels.map((kernel, at) => ({
      kernel,
      stride: strides[at] ?? 1,
      rate: rates[at] ?? 1,
      padding: padding === 'same' || padding === 'causal' ? padding : 'valid',
    }));
  }

  protected get kernelSize(): number[] {
    return this.axes.map(({ kernel }) => kernel);
  }

  /** The number of feature maps that come out of so many channels. */
  protected abstract maps(channels: number): number;

  protected abstract addKernels(channels: number): void;

  /** With bias and activation. @param x [N, …, C] */
  protected abstract convolve(x: Tensor, finish: Finish): Tensor;

  protected sizeOf(size: number, at: number): number {
    return places(size, this.axes[at] as Axis);
  }

  override build(shapes: Shape | Shape[]): void {
    const channels = this.channelsOf(onlyShape(shapes));
    this.addKernels(channels);
    if (this.flag('useBias', true)) this.bias = this.zeros('bias', [this.maps(channels)]);
    this.built = true;
  }

  private channelsOf(shape: Shape): number {
    return (this.channelsFirst ? shape[1] : shape.at(-1)) ?? 1;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = onlyTensor(inputs);
      const spatial = this.axes.map((_, at) => at);
      const bias = this.bias?.read() ?? null;
      const { activation } = this.settings;
      if (!this.channelsFirst) return this.convolve(x, { bias, activation });
      // An activation may look at the last axis, which is another here.
      const y = this.convolve(transpose(x, [0, ...spatial.map((at) => at + 2), 1]), { bias, activation: 'linear' });
      const last = this.axes.length + 1;
      return activationOf(activation)(transpose(y, [0, last, ...spatial.map((at) => at + 1)]));
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const shape = onlyShape(shapes);
    const sizes = this.axes.map((_, at) => {
      const size = shape[at + (this.channelsFirst ? 2 : 1)];
      return size === null || size === undefined ? null : this.sizeOf(size, at);
    });
    const [batch, maps] = [shape[0] ?? null, this.maps(this.channelsOf(shape))];
    return this.channelsFirst ? [batch, maps, ...sizes] : [batch, ...sizes, maps];
  }
}
