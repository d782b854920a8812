/** What the merging layers that go value by value share. */
import { defineLayer, type LayerDeclaration, type LayerDocs, type RuleResult, type Tensor } from '../declaration';
import { broadcast, mismatch, needsTwo, type Wire } from './broadcast';

interface Facts {
  type: string;
  /** Keras's class, too. */
  title: string;
  summary: string;
  keywords: readonly string[];
  docs: LayerDocs;
  names: { pytorch: string; onnx: string };
  /** What is done to the tensors: `added`. */
  verb: string;
}

/** The result of joining tensors value by value. */
export function joined(wires: readonly [Tensor, Wire][], verb: string): RuleResult {
  const [first, ...others] = wires;
  if (!first || others.length === 0) return { refusal: needsTwo };
  let shape = first[0].shape;
  for (const other of others) {
    const common = broadcast(shape, other[0].shape);
    if (!common) return { refusal: mismatch(first, other, verb) };
    shape = common;
  }
  const tensors = wires.map(([tensor]) => tensor);
  return {
    output: {
      shape,
      dtype: tensors.every(({ dtype }) => dtype === 'int32') ? 'int32' : 'float32',
      // What is padding in all of them is padding in the result.
      ...(tensors.every(({ masked }) => masked) && { masked: true }),
    },
  };
}

/** A layer that joins any number of tensors. */
export const joinsMany = ({ verb, ...facts }: Facts): LayerDeclaration =>
  defineLayer({
    ...facts,
    family: 'merge',
    params: {},
    inputs: { in: { title: 'Tensors', many: true } },
    digest: () => [],
    infer: ({ inputs: { in: tensors } }) =>
      joined(
        tensors.map((tensor, index) => [tensor, { port: 'in', index }]),
        verb,
      ),
    keras: { className: facts.title },
  });

/** A layer that joins two tensors, in an order that matters. */
export const joinsTwo = ({ verb, ...facts }: Facts, keras: { custom: boolean }): LayerDeclaration =>
  defineLayer({
    ...facts,
    params: {},
    family: keras.custom ? 'maths' : 'merge',
    inputs: { a: { title: 'First' }, b: { title: 'Second' } },
    digest: () => [],
    infer: ({ inputs: { a, b } }) =>
      joined(
        [
          [a, { port: 'a', index: 0 }],
          [b, { port: 'b', index: 0 }],
        ],
        verb,
      ),
    keras: { className: facts.type.replace(/^./, (letter) => letter.toUpperCase()), call: 'list', ...keras },
  });
