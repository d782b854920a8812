import { reduces } from './reduction';

/** Zaheer et al. 2017 use it to join the members of a set. */
export const sum = reduces({
  type: 'sum',
  title: 'Sum',
  summary: 'The sum over some axes.',
  keywords: ['total', 'reduce', 'deep sets'],
  docs: {
    text: 'Adds the values along the chosen axes. The order in which they stand does not matter, so it can join the members of a set.',
    formula: 'y = \\sum_i x_i',
    source: { title: 'Zaheer et al. 2017 (Deep Sets)', url: 'https://arxiv.org/abs/1703.06114' },
  },
  names: { pytorch: 'torch.sum', onnx: 'ReduceSum' },
  className: 'Sum',
});
