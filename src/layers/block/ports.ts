import { defineLayer } from '../declaration';
import { integer } from '../params';

const source = { title: 'Keras: the functional API', url: 'https://keras.io/guides/functional_api/' };

const index = integer({
  label: 'Place',
  help: 'Its place among the ports on this side, from 0. A repeated block is chained by the first ones.',
  min: 0,
  max: 999,
  default: 0,
});

const misplaced = {
  refusal: {
    message: 'A port belongs inside a block.',
    why: 'It stands for what is wired to the block from outside, and here is no outside.',
    repairs: [{ title: 'Remove it', kind: 'remove' as const }],
  },
};

/** Where a tensor enters a block. Opening a block out leaves nothing of it. */
export const blockInput = defineLayer({
  type: 'blockInput',
  title: 'Block input',
  family: 'block',
  role: 'blockInput',
  summary: 'Where a tensor enters the block.',
  docs: { text: 'A port of the block: what is wired to it outside comes out of it here.', source },
  params: { index },
  inputs: {},
  digest: () => [],
  infer: () => misplaced,
});

/** Where a tensor leaves a block. */
export const blockOutput = defineLayer({
  type: 'blockOutput',
  title: 'Block output',
  family: 'block',
  role: 'blockOutput',
  summary: 'Where a tensor leaves the block.',
  docs: { text: 'A port of the block: what is wired to it here comes out of the block outside.', source },
  params: { index },
  inputs: { in: { title: 'Tensor' } },
  digest: () => [],
  infer: () => misplaced,
});
