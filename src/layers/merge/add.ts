import { defineLayer, type Repair, type RuleResult, type Tensor } from '../declaration';
import { type Dim, formatShape, isKnown, sameSize } from '../dimension';

/** Elementwise sum; sizes of 1 stretch. He et al. 2015 made it the skip connection. */
export const add = defineLayer({
  type: 'add',
  title: 'Add',
  family: 'merge',
  summary: 'Adds tensors of the same shape: a skip connection.',
  keywords: ['sum', 'residual', 'skip', 'shortcut'],
  docs: {
    text: 'Adds its inputs value by value. With a wire that goes around some layers it makes a residual block: the layers then only learn what to change. All shapes must agree; an axis of size 1 is stretched.',
    formula: 'y = x_1 + x_2 + \\dots',
    source: { title: 'Keras: Add', url: 'https://keras.io/api/layers/merging_layers/add/' },
  },
  params: {},
  inputs: { in: { title: 'Tensors', many: true } },
  digest: () => [],
  infer({ inputs: { in: tensors } }): RuleResult {
    const [first, ...others] = tensors;
    if (!first || others.length === 0) return { refusal: needsTwo };
    let shape = first.shape;
    for (const [at, other] of others.entries()) {
      const joined = broadcast(shape, other.shape);
      if (!joined) return mismatch(tensors, at + 1);
      shape = joined;
    }
    return { output: { shape, dtype: tensors.every(({ dtype }) => dtype === 'int32') ? 'int32' : 'float32' } };
  },
  names: { pytorch: '+', onnx: 'Add' },
  keras: { className: 'Add' },
});

export const needsTwo = {
  message: 'This needs at least two wires in.',
  why: 'It joins tensors; with one there is nothing to join.',
  port: 'in',
  repairs: [{ title: 'Remove it', kind: 'remove' }] as const,
};

/** The common shape where sizes of 1 stretch, or null. */
function broadcast(a: readonly Dim[], b: readonly Dim[]): Dim[] | null {
  if (a.length !== b.length) return null;
  const joined: Dim[] = [];
  for (const [axis, size] of a.entries()) {
    const other = b[axis] ?? 1;
    if (sameSize(size, other) === true || other === 1) joined.push(size);
    else if (size === 1) joined.push(other);
    else return null;
  }
  return joined;
}

/** Which wire to change is a matter of what can be done to it: the repairs try each. */
function mismatch(tensors: readonly Tensor[], at: number): RuleResult {
  const [first, second] = [tensors[0], tensors[at]];
  if (!first || !second) throw new Error('a mismatch is between two wires');
  const repairs: Repair[] = [...project(first, second, 0), ...project(second, first, at)];
  repairs.push(...pad(first, second, 0), ...pad(second, first, at));
  repairs.push({ title: 'Take the last wire away', kind: 'disconnect', port: 'in', index: at });
  return {
    refusal: {
      message: `${formatShape(first.shape)} and ${formatShape(second.shape)} cannot be added.`,
      why: 'Adding goes value by value, so every axis must have the same size.',
      port: 'in',
      repairs,
    },
  };
}

/** A 1×1 convolution (or a dense layer) that brings `from` to the shape of `to`; strided where `from` is larger. */
function project(from: Tensor, to: Tensor, index: number): Repair[] {
  const channels = to.shape.at(-1);
  if (from.shape.length !== to.shape.length || channels === undefined || !isKnown(channels)) return [];
  if (from.shape.length === 2) {
    return [
      {
        title: `Project ${formatShape(from.shape)} to ${channels} values`,
        kind: 'insertBefore',
        port: 'in',
        index,
        layers: [{ type: 'dense', params: { units: channels } }],
      },
    ];
  }
  if (from.shape.length !== 4) return [];
  const strides = [1, 2].map((axis) => strideBetween(from.shape[axis], to.shape[axis]));
  if (strides.some((stride) => stride === null)) return [];
  return [
    {
      title: `1×1 projection of ${formatShape(from.shape)}`,
      kind: 'insertBefore',
      port: 'in',
      index,
      layers: [{ type: 'conv2d', params: { filters: channels, kernelSize: [1, 1], strides, padding: 'same' } }],
    },
  ];
}

/** The stride s with ⌈from/s⌉ = to, or null. */
function strideBetween(from: Dim | undefined, to: Dim | undefined): number | null {
  if (from === undefined || to === undefined) return null;
  if (sameSize(from, to) === true) return 1;
  if (!isKnown(from) || !isKnown(to) || to < 1 || from < to) return null;
  const stride = Math.ceil(from / to);
  return Math.ceil(from / stride) === to ? stride : null;
}

/** Where the smaller image was shrunk by “valid” windows, padding keeps the size. */
function pad(from: Tensor, to: Tensor, index: number): Repair[] {
  if (from.shape.length !== 4 || to.shape.length !== 4) return [];
  const smaller = [1, 2].some((axis) => {
    const [a, b] = [from.shape[axis], to.shape[axis]];
    return a !== undefined && b !== undefined && isKnown(a) && isKnown(b) && a < b;
  });
  return smaller ? [{ title: 'Padding “same” on the way', kind: 'padSource', port: 'in', index }] : [];
}
