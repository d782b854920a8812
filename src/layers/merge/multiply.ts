import { joinsMany } from '../shared/elementwise';

/** Elementwise product: gates, and the channel weights of Hu et al. 2018 (squeeze and excitation). */
export const multiply = joinsMany({
  type: 'multiply',
  title: 'Multiply',
  summary: 'Multiplies tensors value by value: a gate.',
  keywords: ['product', 'gate', 'hadamard', 'squeeze', 'excitation'],
  docs: {
    text: 'The product of its inputs, value by value. With a sigmoid on one of the wires it is a gate: values near 0 hold back what the other wire carries, values near 1 let it pass. An axis of size 1 is stretched, so one weight per channel can scale a whole image.',
    formula: 'y = x_1 \\odot x_2 \\odot \\dots',
    source: { title: 'Keras: Multiply', url: 'https://keras.io/api/layers/merging_layers/multiply/' },
  },
  names: { pytorch: '*', onnx: 'Mul' },
  verb: 'multiplied',
});
