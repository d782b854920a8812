/** Networks of a single layer, which differ in what they are asked for and how a mistake is counted. */
import { network } from '../chain';
import { link } from '../parts';

const digits = (learningRate: number, batchSize = 32, epochs = 20) => ({
  dataset: 'digits',
  batchSize,
  epochs,
  phases: [
    {
      minimise: 'all' as const,
      train: 'all' as const,
      optimizer: { type: 'sgd' as const, learningRate, momentum: 0, nesterov: false },
    },
  ],
});

const digit = [link('image', 'input'), link('flatten', 'flatten')];

/**
 * Rosenblatt 1958. One unit fires for each digit. The step passes gradients straight through, so a descent on the
 * squared error, one image at a time, is his rule: weights change by the input where the unit is wrong.
 */
export const perceptron = network('Perceptron', {
  links: [
    ...digit,
    link('dense', 'dense', { units: 10, kernelInitializer: 'zeros' }),
    link('step', 'threshold', { gradient: 'straightThrough' }),
    link('loss', 'meanSquaredError'),
  ],
  training: digits(0.1, 1, 10),
});

/** One where the digit is, zero elsewhere, as a weighted sum of the pixels: by least squares. */
export const linearRegression = network('Linear regression', {
  links: [...digit, link('dense', 'dense', { units: 10 }), link('loss', 'meanSquaredError')],
  training: digits(0.1),
});

/** Cortes & Vapnik 1995, by descent: one machine for each digit against the rest; the penalty makes the margin wide. */
export const linearSvm = network('Linear SVM', {
  links: [
    ...digit,
    link('dense', 'dense', { units: 10, kernelRegularizer: { l1: 0, l2: 0.0001 } }),
    link('loss', 'hinge'),
  ],
  training: digits(0.1),
});
