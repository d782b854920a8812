/** What stateful layers remember from one batch to the next. */
import { concat, dispose, keep, slice, type Tensor, tensor, zeros } from '@tensorflow/tfjs-core';
import type { CarriedArrays } from '@/compiler';
import { readBack } from './backends';

/** What a layer remembers: [N, H] each. */
type States = readonly Tensor[];

/** One pass through a layer that remembers: what it begins with, and what each call of it left. */
export class Remembering {
  private readonly made: States[] = [];

  constructor(private readonly from: States | null) {}

  /** What a call of so many samples begins with; null at the start of a sequence. A row that is new begins with zeros. */
  first(samples: number): Tensor[] | null {
    return (this.made.at(-1) ?? this.from)?.map((state) => fitted(state, samples)) ?? null;
  }

  /** Copies what a call has left, beyond its scope: no gradient goes back into the batch before. */
  leave(states: States): void {
    this.made.push(states.map((state) => keep(state.clone())));
  }

  /** What the last call left. What others left is given up. */
  end(): States | null {
    const last = this.made.pop() ?? null;
    dispose(this.made.flat());
    return last;
  }
}

function fitted(state: Tensor, samples: number): Tensor {
  const [rows = 0, units = 0] = state.shape;
  if (rows === samples) return state;
  return rows > samples ? slice(state, [0, 0], [samples, units]) : concat([state, zeros([samples - rows, units])], 0);
}

/** A layer that can remember. */
export interface Stateful {
  readonly name: string;
  readonly carries: boolean;
  /** Set during a pass. */
  remembering: Remembering | null;
}

export const isStateful = <L extends object>(layer: L): layer is L & Stateful =>
  'carries' in layer && layer.carries === true;

/** The memory of one sequence of batches, by the layer's name. */
export class Carried {
  private readonly states = new Map<string, States>();

  /**
   * One batch: layers begin with what the last one left.
   * @param last whether what they leave is remembered; where a batch is seen several times, it is its last pass
   */
  during<T>(layers: readonly Stateful[], work: () => T, last = true): T {
    const passes = layers.map((layer) => {
      const remembering = new Remembering(this.states.get(layer.name) ?? null);
      layer.remembering = remembering;
      return { layer, remembering };
    });
    let kept = false;
    try {
      const result = work();
      kept = last;
      return result;
    } finally {
      for (const { layer, remembering } of passes) {
        layer.remembering = null;
        const left = remembering.end();
        if (left && kept) this.set(layer.name, left);
        else dispose([...(left ?? [])]);
      }
    }
  }

  private set(name: string, states: States): void {
    dispose([...(this.states.get(name) ?? [])]);
    this.states.set(name, states);
  }

  /** The start of a sequence. */
  forget(): void {
    for (const states of this.states.values()) dispose([...states]);
    this.states.clear();
  }

  async save(): Promise<CarriedArrays> {
    const entries = [...this.states].map(async ([name, states]) => {
      const read = states.map(async (state) => ({
        shape: state.shape,
        data: Float32Array.from(await readBack(state)),
      }));
      return [name, await Promise.all(read)] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  restore(kept: CarriedArrays): void {
    this.forget();
    for (const [name, arrays] of Object.entries(kept)) {
      this.states.set(
        name,
        arrays.map(({ shape, data }) => keep(tensor(data.slice(), shape))),
      );
    }
  }
}
