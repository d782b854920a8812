import { defineLayer } from '../declaration';
import { real } from '../params';
import { comparison, targetField } from '../shared/losses';

/** ½e² up to δ, δ·(|e| − ½δ) beyond; Huber 1964. */
export const huber = defineLayer({
  type: 'huber',
  title: 'Huber',
  summary: 'Squared for small errors, straight for large ones.',
  keywords: ['loss', 'smooth l1', 'robust', 'regression'],
  docs: {
    text: 'Errors up to δ count by half their square, larger ones by their size, so outliers pull no harder than others. It joins the best of squared and absolute error.',
    formula:
      'L = \\frac{1}{N D} \\sum \\begin{cases} \\tfrac12 e^2 & |e| \\le \\delta \\\\ \\delta\\,(|e| - \\tfrac12 \\delta) & \\text{else} \\end{cases}, \\quad e = y - t',
    source: { title: 'Huber 1964', url: 'https://doi.org/10.1214/aoms/1177703732' },
  },
  names: { pytorch: 'nn.HuberLoss' },
  ...comparison({
    target: targetField('label'),
    delta: real({
      label: 'Delta',
      help: 'Up to this size an error counts by its square.',
      symbol: 'δ',
      min: 0.000001,
      step: 0.1,
      default: 1,
    }),
  }),
});
