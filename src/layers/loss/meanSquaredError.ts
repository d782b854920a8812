import { defineLayer, type RuleResult } from '../declaration';
import { BATCH } from '../dimension';
import { classShape, findTarget, lossInputs, misfit, scalarLoss, targetField } from '../shared/losses';

/** The mean of (y − t)² over all values. */
export const meanSquaredError = defineLayer({
  type: 'meanSquaredError',
  title: 'Mean squared error',
  family: 'loss',
  role: 'loss',
  summary: 'The mean squared distance to the target: the loss for regression.',
  keywords: ['loss', 'mse', 'l2', 'regression', 'reconstruction'],
  docs: {
    text: 'Squares the difference between prediction and target and averages over all values and the batch. For a class label the target is a row with a 1 at the class. For an autoencoder, wire its input into “target”.',
    formula: 'L = \\frac{1}{N D} \\sum_{n,d} (y_{n,d} - t_{n,d})^2',
    source: { title: 'Keras: MeanSquaredError', url: 'https://keras.io/api/losses/regression_losses/' },
  },
  params: { target: targetField('label') },
  inputs: lossInputs,
  digest: ({ target }) => [target],
  infer({ params: { target: name }, inputs: { in: prediction, target: wired }, fields }): RuleResult {
    if (wired) {
      const refusal = misfit(prediction, wired.shape, 'it is compared with the wired target value by value');
      return refusal ? { refusal } : scalarLoss();
    }
    const target = findTarget(name, fields);
    if (!target) return scalarLoss();
    if ('refusal' in target) return target;
    const { field } = target;
    const expected = field.kind === 'class' ? classShape(field, field.classes?.length ?? 1) : [BATCH, ...field.shape];
    const reason =
      field.kind === 'class' ? `“${name}” has ${field.classes?.length ?? 0} classes` : `“${name}” has this shape`;
    const refusal = misfit(prediction, expected, reason);
    return refusal ? { refusal } : scalarLoss();
  },
});
