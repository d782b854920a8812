/** What all recurrent layers have in common. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Remembering } from '../../carried';
import { OwnLayer } from '../base';

/** Whether masks go on: only where there still are steps. */
export abstract class Reader extends OwnLayer {
  override supportsMasking = true;
  remembering: Remembering | null = null;

  /** Whether it goes on from one batch to the next. */
  get carries(): boolean {
    return this.flag('stateful', false);
  }

  protected abstract readonly sequences: boolean;
  /** How many tensors the layer gives, and how many of them, from the first, have steps. */
  protected abstract readonly counts: { outputs: number; stepwise: number };

  override computeMask(_inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor | Tensor[] {
    const own = (Array.isArray(mask) ? mask[0] : mask) ?? null;
    const { outputs, stepwise } = this.counts;
    const masks = Array.from({ length: outputs }, (_, at) => (this.sequences && at < stepwise ? own : null));
    // tfjs says null where there is no mask, whatever the type.
    return (outputs === 1 ? masks[0] : masks) as Tensor | Tensor[];
  }
}
