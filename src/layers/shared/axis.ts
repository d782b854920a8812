/** One axis of a tensor, as layers that work along it take it. */
import type { Refusal, Tensor } from '../declaration';
import { formatShape } from '../dimension';
import { integer } from '../params';

export const axisParam = (help: string) =>
  integer({
    label: 'Axis',
    help: `${help} Counted with the batch as 0; −1 is the last.`,
    min: -7,
    max: 7,
    default: -1,
  });

/** The axis counted from the front, or what is wrong with it: there is none, or it is the batch's. */
export function axisOf(x: Tensor, axis: number, why: string): { axis: number } | { refusal: Refusal } {
  const rank = x.shape.length;
  const found = axis < 0 ? rank + axis : axis;
  if (found >= 1 && found < rank) return { axis: found };
  return {
    refusal: {
      message: `There is no axis ${String(axis).replace('-', '−')} to work along in ${formatShape(x.shape)}.`,
      why,
      param: 'axis',
      repairs: [{ title: 'Take the last axis', kind: 'setParams', params: { axis: -1 } }],
    },
  };
}
