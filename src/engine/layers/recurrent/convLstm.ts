/** LSTMs whose products are convolutions, over frames of one, two or three axes (Shi et al. 2015). */
import {
  add,
  any,
  cast,
  concat,
  expandDims,
  mul,
  reshape,
  reverse,
  split,
  stack,
  type Tensor,
  tidy,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { activationOf } from '../../activations';
import { maskOf } from '../../masks';
import type { LayerClass } from '../base';
import { correlate } from '../convolution/correlate';
import { type Axis, places } from '../convolution/geometry';
import { dropMask } from './read';
import { Reader } from './reader';
import type { State } from './steps';
import { byStep, walk } from './walk';

type Weight = ReturnType<Reader['zeros']>;
type Four<T> = [T, T, T, T];

/** As many parts of the last axis as there are gates. */
const gatesOf = (x: Tensor): Four<Tensor> => split(x, 4, x.rank - 1) as Four<Tensor>;

/** The steps in reverse, each frame in a row: WebGL reverses no more than four axes. */
function fromTheEnd(x: Tensor): Tensor {
  const [batch = 1, steps = 1, ...frame] = x.shape;
  return reshape(reverse(reshape(x, [batch, steps, -1]), 1), [batch, steps, ...frame]);
}

function convLstm(name: string, rank: number): LayerClass {
  return class extends Reader {
    static className = name;
    protected override readonly sequences = this.flag('returnSequences', false);
    private readonly stateToo = this.flag('returnState', false);
    protected override readonly counts = { outputs: this.stateToo ? 3 : 1, stepwise: 1 };
    // tfjs turns names into camelCase when it reads a model.
    private readonly channelsFirst = /^channels_?first$/i.test(String(this.settings.dataFormat));
    private readonly backwards = this.flag('goBackwards', false);
    private readonly filters = this.number('filters', 1);
    private readonly drops = { input: this.number('dropout', 0), state: this.number('recurrentDropout', 0) };
    private readonly activation = activationOf(this.settings.activation ?? 'tanh');
    private readonly gate = activationOf(this.settings.recurrentActivation ?? 'sigmoid');
    private readonly axes = this.axesOf();
    /** What is remembered is convolved with as many zeros around it as keep its size. */
    private readonly still = this.axes.map(({ kernel }): Axis => ({ kernel, stride: 1, rate: 1, padding: 'same' }));
    private kernel?: Weight;
    private recurrent?: Weight;
    private bias?: Weight;

    private axesOf(): Axis[] {
      const kernels = this.sizes('kernelSize', rank, 1);
      const strides = this.sizes('strides', rank, 1);
      const rates = this.sizes('dilationRate', rank, 1);
      const padding = this.settings.padding === 'same' ? 'same' : 'valid';
      return kernels.map((kernel, at) => ({ kernel, stride: strides[at] ?? 1, rate: rates[at] ?? 1, padding }));
    }

    override build(shapes: Shape | Shape[]): void {
      const [shape = []] = Array.isArray(shapes[0]) ? (shapes as Shape[]) : [shapes as Shape];
      const channels = (this.channelsFirst ? shape[2] : shape.at(-1)) ?? 1;
      const kernel = this.axes.map((axis) => axis.kernel);
      this.kernel = this.zeros('kernel', [...kernel, channels, 4 * this.filters]);
      this.recurrent = this.zeros('recurrent_kernel', [...kernel, this.filters, 4 * this.filters]);
      if (this.flag('useBias', true)) this.bias = this.zeros('bias', [4 * this.filters]);
      this.built = true;
    }

    override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor | Tensor[] {
      return tidy(() => {
        const [given, ...first] = Array.isArray(inputs) ? inputs : [inputs];
        const mask = this.stepsOf(maskOf(given as Tensor));
        const training = kwargs.training ?? false;
        const frames = this.channelsLast(given as Tensor, 2);
        const x = this.backwards ? fromTheEnd(frames) : frames;
        const seen = this.seen(x, training && this.drops.input > 0);
        const blank = zeros([x.shape[0] ?? 1, ...seen.shape.slice(2, -1), this.filters]);
        const start = first.length > 0 ? first.map((state) => this.channelsLast(state, 1)) : [blank, blank];
        const counted = mask && cast(mask, 'float32');
        const marks = counted && byStep(expandDims(this.backwards ? reverse(counted, 1) : counted, -1));
        const drop = training && this.drops.state > 0 ? this.masks(blank.shape, this.drops.state) : null;
        const found = walk(byStep(seen), marks, start, blank, (input, state) => this.step(input, state, drop));
        const output = this.sequences ? this.asGiven(stack(found.outputs, 1), 2) : this.asGiven(found.last, 1);
        // The last output is the state, too; tfjs wants tensors of their own.
        return this.stateToo ? [output, ...found.state.map((state) => this.asGiven(state, 1).clone())] : output;
      });
    }

    /** Where single values of a frame are marked, a step is padding if all of them are. */
    private stepsOf(mask: Tensor | null): Tensor | null {
      return mask && mask.rank > 2 ? any(mask, [...mask.shape.keys()].slice(2)) : mask;
    }

    /** The inputs' part of every step at once. @param x [N, T, …, C] → [N, T, …, 4·K] */
    private seen(x: Tensor, dropping: boolean): Tensor {
      const [batch = 1, steps = 1, ...frame] = x.shape;
      const kernel = this.kernel?.read() as Tensor;
      const convolved = (tensor: Tensor, by: Tensor): Tensor =>
        correlate(reshape(tensor, [batch * steps, ...frame]), by, this.axes);
      const y = dropping
        ? this.eachGate(x, kernel, this.masks([batch, 1, ...frame], this.drops.input), convolved)
        : convolved(x, kernel);
      const shifted = this.bias ? add(y, this.bias.read()) : y;
      return reshape(shifted, [batch, steps, ...shifted.shape.slice(1)]);
    }

    private step(input: Tensor, [h, c]: State, drop: Four<Tensor> | null): State {
      const recurrent = this.recurrent?.read() as Tensor;
      const convolved = (tensor: Tensor, by: Tensor): Tensor => correlate(tensor, by, this.still);
      const remembered = drop
        ? this.eachGate(h as Tensor, recurrent, drop, convolved)
        : convolved(h as Tensor, recurrent);
      const [i, f, candidate, o] = gatesOf(add(input, remembered));
      const next = add(mul(this.gate(f), c as Tensor), mul(this.gate(i), this.activation(candidate)));
      return [mul(this.gate(o), this.activation(next)), next];
    }

    /** As Keras drops: every gate sees what others do not. */
    private eachGate(
      x: Tensor,
      kernel: Tensor,
      drop: Four<Tensor>,
      convolved: (x: Tensor, kernel: Tensor) => Tensor,
    ): Tensor {
      const parts = gatesOf(kernel).map((part, at) => convolved(mul(x, drop[at] as Tensor), part));
      const flat = parts.map((part) => reshape(part, [-1, this.filters]));
      const [shape = []] = parts.map((part) => part.shape);
      return reshape(concat(flat, 1), [...shape.slice(0, -1), 4 * this.filters]);
    }

    private masks(shape: number[], rate: number): Four<Tensor> {
      return [0, 1, 2, 3].map(() => dropMask(shape, rate)) as Four<Tensor>;
    }

    /** @param at the axis where channels stand when they come first */
    private channelsLast(x: Tensor, at: number): Tensor {
      if (!this.channelsFirst) return x;
      const order = [...x.shape.keys()];
      return transpose(x, [...order.slice(0, at), ...order.slice(at + 1), at]);
    }

    private asGiven(x: Tensor, at: number): Tensor {
      if (!this.channelsFirst) return x;
      const order = [...x.shape.keys()];
      return transpose(x, [...order.slice(0, at), x.rank - 1, ...order.slice(at, -1)]);
    }

    override computeOutputShape(shapes: Shape | Shape[]): Shape | Shape[] {
      const [shape = []] = Array.isArray(shapes[0]) ? (shapes as Shape[]) : [shapes as Shape];
      const [batch = null, steps = null] = shape;
      const sizes = this.axes.map((axis, at) => {
        const size = shape[at + (this.channelsFirst ? 3 : 2)];
        return size === null || size === undefined ? null : places(size, axis);
      });
      const frame = this.channelsFirst ? [this.filters, ...sizes] : [...sizes, this.filters];
      const output = this.sequences ? [batch, steps, ...frame] : [batch, ...frame];
      return this.stateToo ? [output, [batch, ...frame], [batch, ...frame]] : output;
    }
  };
}

export const convLstmClasses: readonly LayerClass[] = [1, 2, 3].map((rank) => convLstm(`ConvLSTM${rank}D`, rank));
