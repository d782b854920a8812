import { defineLayer } from '../declaration';
import { choice, real } from '../params';
import { likeInput } from '../shared/same';

/** The unit of McCulloch & Pitts 1943 and of the perceptron, and the threshold of Keras and PyTorch. */
export const threshold = defineLayer({
  type: 'threshold',
  title: 'Threshold',
  family: 'activation',
  summary: 'One where a value reaches the threshold, else zero: the perceptron’s step.',
  keywords: ['heaviside', 'step', 'perceptron', 'binary', 'straight-through', 'sign'],
  docs: {
    text: 'The oldest activation: a unit fires or it does not. The curve is flat, so its gradient is zero and nothing above it can be trained by descent; the straight-through estimator passes the gradient on as if the step were the identity, where the value lies within 1 of the threshold. It can also pass the value itself above the threshold, as the threshold of Keras and PyTorch does.',
    formula: 'y = \\begin{cases} 1 & x \\ge \\theta \\\\ 0 & x < \\theta \\end{cases}',
    source: { title: 'Bengio et al. 2013', url: 'https://arxiv.org/abs/1308.3432' },
  },
  params: {
    threshold: real({
      label: 'Threshold',
      help: 'From which value on the unit fires.',
      symbol: 'θ',
      min: -1000,
      max: 1000,
      step: 0.1,
      default: 0,
    }),
    above: choice({
      label: 'Above',
      help: 'What is given above the threshold: one (from θ on), or the value itself (beyond θ).',
      default: 'one',
      options: { one: '1', value: 'the value itself' },
    }),
    below: real({
      label: 'Below',
      help: 'What is given below the threshold.',
      min: -1000,
      max: 1000,
      step: 0.1,
      default: 0,
      advanced: true,
    }),
    gradient: choice({
      label: 'Gradient',
      help: 'Of the step: zero, as it is, or straight through where the value is within 1 of the threshold.',
      default: 'zero',
      options: { zero: 'zero', straightThrough: 'straight through' },
    }),
  },
  inputs: { in: { title: 'Tensor' } },
  keepsShape: true,
  digest: ({ threshold: theta }) => [`θ = ${theta}`],
  infer({ params: { above, gradient }, inputs: { in: x } }) {
    return {
      output: likeInput(x),
      ...(above === 'one' &&
        gradient === 'zero' && {
          warnings: [
            {
              message: 'No gradient passes a step, so nothing above it learns.',
              why: 'A step is flat everywhere but at the threshold. The perceptron has a rule of its own for this; descent needs a slope.',
              param: 'gradient',
              repairs: [
                {
                  title: 'Pass the gradient straight through',
                  kind: 'setParams' as const,
                  params: { gradient: 'straightThrough' },
                },
              ],
            },
          ],
        }),
    };
  },
  names: { pytorch: 'nn.Threshold', onnx: 'Greater, Where' },
  keras: { className: 'Threshold', custom: true },
});
