/** Going through a sequence step by step; what a step does is the cell's affair. */
import { add, mul, reshape, sub, type Tensor, unstack } from '@tensorflow/tfjs-core';
import type { State } from './steps';

interface Walk {
  outputs: Tensor[];
  last: Tensor;
  state: State;
}

/**
 * @param inputs what each step sees, in the order of reading
 * @param marks [N, 1] for each step, 0 where it is padding: there the state and the output stay what they were
 * @param blank the output before the first step, where that is padding
 */
export function walk(
  inputs: readonly Tensor[],
  marks: readonly Tensor[] | null,
  first: State,
  blank: Tensor,
  step: (input: Tensor, state: State) => State,
): Walk {
  let [state, last] = [first, blank];
  const outputs: Tensor[] = [];
  const [batch = 1, ...others] = blank.shape;
  for (const [at, input] of inputs.entries()) {
    const next = step(input, state);
    const mark = marks?.[at];
    const wide = mark && reshape(mark, [batch, ...others.map(() => 1)]);
    // old + mark·(new − old): what is padding leaves all as it was.
    const chosen = (made: Tensor, old: Tensor): Tensor => (wide ? add(old, mul(wide, sub(made, old))) : made);
    last = chosen(next[0] as Tensor, last);
    state = next.map((made, index) => chosen(made, state[index] as Tensor));
    outputs.push(last);
  }
  return { outputs, last, state };
}

/** The steps of [N, T, …]; tfjs has no gradient for taking apart what is one. */
export const byStep = (x: Tensor): Tensor[] =>
  x.shape[1] === 1 ? [reshape(x, [x.shape[0] ?? 1, ...x.shape.slice(2)])] : unstack(x, 1);
