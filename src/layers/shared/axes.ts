/** Axes that a layer works along, as Keras counts them: the batch is 0, and −1 is the last. */
import type { Refusal, Tensor } from '../declaration';
import { formatShape } from '../dimension';
import { inKeras, integer, integers, type KerasCodec, type ParamSpec } from '../params';

/** Keras writes one axis bare. */
const AXES: KerasCodec<readonly number[]> = {
  write: (axes) => (axes.length === 1 ? (axes[0] ?? -1) : [...axes]),
  read: (json) => (typeof json === 'number' ? [json] : json),
};

/** One axis or several. */
export const axes = (fallback: readonly number[], help: string): ParamSpec<readonly number[]> =>
  inKeras(integers({ label: 'Axes', help, min: -5, max: 5, default: fallback, advanced: true }), AXES);

/** Keras 2 wrote a list of one here. */
const AXIS: KerasCodec<number> = {
  write: (axis) => axis,
  read: (json) => (Array.isArray(json) && json.length === 1 ? (json[0] ?? null) : json),
};

/** The axis of the channels. */
export const channelAxis = (): ParamSpec<number> =>
  inKeras(
    integer({
      label: 'Axis',
      help: 'Where the channels are: −1 for the last axis, 1 for the first after the batch.',
      min: -4,
      max: 4,
      default: -1,
      advanced: true,
    }),
    AXIS,
  );

/** Counted from the front. */
export const fromFront = (axis: number, rank: number): number => (axis < 0 ? rank + axis : axis);

/** What is wrong with axes for a tensor, if anything: out of reach, the batch's, twice the same, or counted from both ends. */
export function axesRefusal(wanted: readonly number[], x: Tensor, param: string): Refusal | null {
  const rank = x.shape.length;
  const found = wanted.map((axis) => fromFront(axis, rank));
  const repairs: Refusal['repairs'] = [{ title: 'Use the last axis', kind: 'resetParam', param }];
  const outside = wanted.find((_, at) => (found[at] ?? 0) < 0 || (found[at] ?? 0) >= rank);
  if (outside !== undefined) {
    return {
      message: `There is no axis ${outside} in ${formatShape(x.shape)}, which has axes 1 to ${rank - 1} after the batch.`,
      why: 'Axis 0 is the batch; −1 is the last axis, −2 the one before it.',
      param,
      repairs,
    };
  }
  if (found.includes(0)) {
    return {
      message: `Axis ${wanted[found.indexOf(0)]} of ${formatShape(x.shape)} is the batch.`,
      why: 'Samples must not depend on one another when the network predicts, so this layer works along axes of each sample.',
      param,
      repairs,
    };
  }
  const once = [...new Set(found)].sort((a, b) => a - b);
  const mixed = wanted.some((axis) => axis < 0) && wanted.some((axis) => axis > 0);
  if (once.length === found.length && !mixed) return null;
  return {
    message: mixed
      ? `The axes ${wanted.join(', ')} are counted from both ends.`
      : `The axes ${wanted.join(', ')} name one axis twice.`,
    why: mixed ? 'Keras sorts axes as they are written, so weights along them would be laid out in another order.' : '',
    param,
    repairs: [{ title: `Use the axes ${once.join(', ')}`, kind: 'setParams', params: { [param]: once } }],
  };
}
