/** What came out the same keeps its identity, so that nothing that depends on it is looked at again. */
import { sameShape, type Tensor } from '@/layers';
import type { NodeInference, ReceptiveField } from './types';

const sameTensor = (a: Tensor, b: Tensor): boolean =>
  a.dtype === b.dtype &&
  a.squashed === b.squashed &&
  a.masked === b.masked &&
  a.indices === b.indices &&
  sameShape(a.shape, b.shape);

function sameTensors(a: NodeInference['outputs'], b: NodeInference['outputs']): boolean {
  const ports = Object.entries(a);
  return (
    ports.length === Object.keys(b).length &&
    ports.every(([port, tensor]) => b[port] !== undefined && sameTensor(tensor, b[port]))
  );
}

const sameField = (a: ReceptiveField, b: ReceptiveField): boolean =>
  a.channels === b.channels &&
  sameShape(a.size, b.size) &&
  sameShape(a.extent, b.extent) &&
  sameShape(a.jump, b.jump) &&
  a.start.every((start, axis) => start === b.start[axis]) &&
  sameShape(a.undecided ?? [], b.undecided ?? []);

/** Puts the objects of before in place of those that say the same. */
export function keepIdentity(before: NodeInference | undefined, after: NodeInference): void {
  if (!before) return;
  if (before.outputs === after.outputs || sameTensors(before.outputs, after.outputs)) {
    after.output = before.output;
    after.outputs = before.outputs;
  }
  const [a, b] = [before.receptiveField, after.receptiveField];
  if (a && b && sameField(a, b)) after.receptiveField = a;
  if (before.weights === after.weights) return;
  const sameWeights =
    before.weights.length === after.weights.length &&
    before.weights.every((weight, at) => sameShape(weight.shape, after.weights[at]?.shape ?? []));
  if (sameWeights && JSON.stringify(before.weights) === JSON.stringify(after.weights)) after.weights = before.weights;
}
