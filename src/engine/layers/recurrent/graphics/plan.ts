/** What the way there and the way back of a sequence both need to know. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { fixed } from '../../../formula/terms';
import { timeOf } from '../fused/plan';
import { type Before, blockOf, type Curves, type FormulaCell } from './cells';

export interface Plan {
  cell: FormulaCell;
  curves: Curves;
  batch: number;
  steps: number;
  units: number;
  backwards: boolean;
  /** [T, N, H]: 0 where a step is padding; null for none */
  marks: Tensor | null;
  /** [N, H]; null for none */
  drop: Tensor | null;
  /** Whether a state is given to begin with. */
  begun: boolean;
  /** The bias of the recurrent product, [W]; null for none */
  bias: Tensor | null;
}

/** What was found on the way: matrices of N rows. */
export interface Way {
  /** T + 1 of them: before the first step, and after each. */
  states: Tensor[];
  /** As many; none for a cell without. */
  memories: Tensor[];
  /** Of each step what was multiplied by the recurrent kernel, where that is not the state itself. */
  dropped: Tensor[];
  /** The recurrent products, with their bias. */
  products: Tensor[];
}

/** What a cell sees of a step. */
export function beforeOf(plan: Plan, x: Tensor, at: number, { states, memories, products }: Way): Before {
  const { units } = plan;
  return {
    input: blockOf(x, units, timeOf(plan, at)),
    product: blockOf(products[at] as Tensor, units),
    state: states[at] as Tensor,
    memory: memories[at] ?? fixed(0),
  };
}
