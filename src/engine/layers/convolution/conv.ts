/** Plain convolutions with groups, causal padding, low-rank adaptation and dilation that can be trained; stock tfjs has none of these. */
import { add, matMul, mul, reshape, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Finish } from '../../fused/plane';
import { ConvolutionLayer, type Settings, type Weight } from './base';
import { correlate } from './correlate';

abstract class Conv extends ConvolutionLayer {
  private readonly filters = this.number('filters', 1);
  private readonly groups = this.number('groups', 1);
  private readonly loraRank = this.number('loraRank', 0);
  private readonly loraAlpha = this.number('loraAlpha', this.loraRank);
  private kernel?: Weight;
  /** Hu et al. 2021: what is learned beside a kernel that rests. */
  private adapter?: [Weight, Weight];

  protected override maps(): number {
    return this.filters;
  }

  protected override addKernels(channels: number): void {
    const perFilter = [...this.kernelSize, channels / this.groups];
    this.kernel = this.zeros('kernel', [...perFilter, this.filters], this.loraRank === 0);
    if (this.loraRank === 0) return;
    this.adapter = [
      this.zeros('lora_kernel_a', [...perFilter, this.loraRank]),
      this.zeros('lora_kernel_b', [this.loraRank, this.filters]),
    ];
  }

  protected override convolve(x: Tensor, finish: Finish): Tensor {
    return correlate(x, this.adapted(), this.axes, this.groups, finish);
  }

  private adapted(): Tensor {
    const kernel = this.kernel?.read() as Tensor;
    if (!this.adapter) return kernel;
    const [a, b] = this.adapter.map((weight) => weight.read()) as [Tensor, Tensor2D];
    const change = matMul(reshape(a, [-1, this.loraRank]), b);
    return add(kernel, mul(reshape(change, kernel.shape), this.loraAlpha / this.loraRank));
  }
}

export class Conv1D extends Conv {
  static className = 'Conv1D';
  constructor(settings: Settings) {
    super(settings, 1);
  }
}

export class Conv2D extends Conv {
  static className = 'Conv2D';
  constructor(settings: Settings) {
    super(settings, 2);
  }
}

export class Conv3D extends Conv {
  static className = 'Conv3D';
  constructor(settings: Settings) {
    super(settings, 3);
  }
}
