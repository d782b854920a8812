/** SimpleRNN, GRU and LSTM, with Keras's defaults, first states, dropout and masks; and both directions at once. */
import { add, cast, concat, expandDims, mul, reverse, type Tensor, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { maskOf } from '../../masks';
import type { LayerClass, OwnLayer } from '../base';
import { type Read, type Reading, read } from './read';
import { Reader } from './reader';
import { gruStep, gruStepBefore, lstmStep, type Step, simpleStep } from './steps';

type Settings = Readonly<Record<string, unknown>>;
type Weight = ReturnType<OwnLayer['zeros']>;

interface Kind {
  blocks: number;
  states: number;
}

const KINDS = {
  SimpleRNN: { blocks: 1, states: 1 },
  GRU: { blocks: 3, states: 1 },
  LSTM: { blocks: 4, states: 2 },
} as const satisfies Record<string, Kind>;

type KindName = keyof typeof KINDS;

/** The settings and weights of one direction. */
class Direction {
  private readonly kernel: Weight;
  private readonly recurrent: Weight;
  private readonly bias: Weight | null;

  /** @param add makes a weight of the layer's */
  constructor(
    private readonly name: KindName,
    private readonly settings: Settings,
    features: number,
    private readonly backwards: boolean,
    add: (name: string, shape: number[]) => Weight,
  ) {
    const width = KINDS[name].blocks * this.units;
    this.kernel = add('kernel', [features, width]);
    this.recurrent = add('recurrent_kernel', [this.units, width]);
    this.bias = settings.useBias === false ? null : add('bias', this.resetsAfter ? [2, width] : [width]);
  }

  private get units(): number {
    return Number(this.settings.units);
  }

  private get resetsAfter(): boolean {
    return this.name === 'GRU' && this.settings.resetAfter !== false;
  }

  private get step(): Step {
    if (this.name === 'SimpleRNN') return simpleStep;
    if (this.name === 'LSTM') return lstmStep;
    return this.resetsAfter ? gruStep : gruStepBefore;
  }

  read(x: Tensor, mask: Tensor | null, first: Tensor[] | null, training: boolean): Read {
    const { settings } = this;
    const reading: Reading = {
      kernel: this.kernel.read() as Tensor2D,
      bias: this.bias?.read() ?? null,
      recurrent: this.recurrent.read() as Tensor2D,
      activation: settings.activation ?? 'tanh',
      gate: settings.recurrentActivation ?? 'sigmoid',
      step: this.step,
      fused: this.name === 'GRU' && !this.resetsAfter ? null : this.name,
      units: this.units,
      states: KINDS[this.name].states,
      backwards: this.backwards,
      dropout: Number(settings.dropout ?? 0),
      recurrentDropout: Number(settings.recurrentDropout ?? 0),
    };
    return read(x, mask, first, training, reading);
  }
}

const shapesIn = (shapes: Shape | Shape[]): Shape[] =>
  Array.isArray(shapes[0]) ? (shapes as Shape[]) : [shapes as Shape];

function recurrentClass(name: KindName): LayerClass {
  return class extends Reader {
    static className = name;
    protected override readonly sequences = this.flag('returnSequences', false);
    private readonly stateToo = this.flag('returnState', false);
    protected override readonly counts = { outputs: this.stateToo ? 1 + KINDS[name].states : 1, stepwise: 1 };
    private direction?: Direction;

    override build(shapes: Shape | Shape[]): void {
      const features = shapesIn(shapes)[0]?.at(-1) ?? 1;
      const add = (weight: string, shape: number[]): Weight => this.zeros(weight, shape);
      this.direction = new Direction(name, this.settings, features, this.flag('goBackwards', false), add);
      this.built = true;
    }

    override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor | Tensor[] {
      return tidy(() => {
        const [x, ...first] = Array.isArray(inputs) ? inputs : [inputs];
        const samples = x?.shape[0] ?? 1;
        const given = first.length > 0 ? first : (this.remembering?.first(samples) ?? null);
        const found = this.direction?.read(x as Tensor, maskOf(x as Tensor), given, kwargs.training ?? false);
        if (!found) throw new Error('the layer was not built');
        this.remembering?.leave(found.state());
        const output = this.sequences ? found.sequence() : found.last();
        // The last output is the state, too; tfjs wants tensors of their own.
        return this.stateToo ? [output, ...found.state().map((state) => state.clone())] : output;
      });
    }

    override computeOutputShape(shapes: Shape | Shape[]): Shape | Shape[] {
      const [batch = null, steps = null] = shapesIn(shapes)[0] ?? [];
      const units = this.number('units', 1);
      const output = this.sequences ? [batch, steps, units] : [batch, units];
      const states = Array.from({ length: KINDS[name].states }, () => [batch, units]);
      return this.stateToo ? [output, ...states] : output;
    }
  };
}

/** Schuster & Paliwal 1997. The settings of the layer inside are those of both directions. */
class Bidirectional extends Reader {
  static className = 'Bidirectional';
  private readonly inner = (this.settings.layer ?? {}) as { className?: KindName; config?: Settings };
  private readonly config: Settings = this.inner.config ?? {};
  protected override readonly sequences = this.config.returnSequences === true;

  override get carries(): boolean {
    return this.config.stateful === true;
  }

  private readonly mode = this.settings.mergeMode ?? null;
  private readonly stateToo = this.config.returnState === true;
  private readonly joined = this.mode === null ? 2 : 1;
  protected override readonly counts = {
    outputs: this.joined + (this.stateToo ? 2 * KINDS[this.inner.className ?? 'LSTM'].states : 0),
    stepwise: this.joined,
  };
  private forward?: Direction;
  private backward?: Direction;

  override build(shapes: Shape | Shape[]): void {
    const features = shapesIn(shapes)[0]?.at(-1) ?? 1;
    const name = this.inner.className ?? 'LSTM';
    const direction = (way: string, backwards: boolean): Direction =>
      new Direction(name, this.config, features, backwards, (weight, shape) =>
        this.zeros(`${way}_layer/${weight}`, shape),
      );
    this.forward = direction('forward', false);
    this.backward = direction('backward', true);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor | Tensor[] {
    return tidy(() => {
      const [x] = Array.isArray(inputs) ? inputs : [inputs];
      const mask = maskOf(x as Tensor);
      const first = this.remembering?.first(x?.shape[0] ?? 1) ?? null;
      const half = (first?.length ?? 0) / 2;
      const reads = [this.forward, this.backward].map((direction, at) => {
        const states = first?.slice(at * half, (at + 1) * half) ?? null;
        return direction?.read(x as Tensor, mask, states, kwargs.training ?? false);
      });
      this.remembering?.leave(reads.flatMap((found) => found?.state() ?? []));
      const [ahead, back] = reads.map((found) => (this.sequences ? found?.sequence() : found?.last())) as [
        Tensor,
        Tensor,
      ];
      const states = this.stateToo ? reads.flatMap((found) => found?.state() ?? []) : [];
      const give = (ahead: Tensor, back: Tensor): Tensor | Tensor[] => {
        const joined = this.join(ahead, back);
        // The last output is the state, too; tfjs wants tensors of their own.
        return this.stateToo ? [joined, ...states.map((state) => state.clone())].flat() : joined;
      };
      if (!this.sequences) return give(ahead, back);
      // Step by step both say something of the same place; of padding, unlike other recurrent layers, nothing.
      const marks = mask && expandDims(cast(mask, 'float32'), -1);
      const marked = (sequence: Tensor): Tensor => (marks ? mul(sequence, marks) : sequence);
      return give(marked(ahead), marked(reverse(back, 1)));
    });
  }

  private join(ahead: Tensor, back: Tensor): Tensor | Tensor[] {
    switch (this.mode) {
      case 'concat':
        return concat([ahead, back], -1);
      case 'sum':
        return add(ahead, back);
      case 'mul':
        return mul(ahead, back);
      case 'ave':
        return mul(add(ahead, back), 0.5);
      default:
        return [ahead, back];
    }
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape | Shape[] {
    const [batch = null, steps = null] = shapesIn(shapes)[0] ?? [];
    const units = Number(this.config.units) * (this.mode === 'concat' ? 2 : 1);
    const output = this.sequences ? [batch, steps, units] : [batch, units];
    const { outputs } = this.counts;
    if (outputs === 1) return output;
    const state = [batch, Number(this.config.units)];
    return Array.from({ length: outputs }, (_, at) => (at < this.joined ? output : state));
  }
}

export const readerClasses: readonly LayerClass[] = [
  ...(Object.keys(KINDS) as KindName[]).map(recurrentClass),
  Bidirectional,
];
