import { defineLayer } from '../declaration';
import { comparison, targetField } from '../shared/losses';

/** −cos of the angle between y and t, averaged over the batch. */
export const cosineSimilarity = defineLayer({
  type: 'cosineSimilarity',
  title: 'Cosine similarity',
  summary: 'How far two vectors point apart, whatever their lengths.',
  keywords: ['loss', 'cosine', 'embedding', 'angle'],
  docs: {
    text: 'The negative cosine of the angle between prediction and target over the last axis: −1 where they point the same way, 1 where they point apart.',
    formula: 'L = -\\frac1N \\sum_n \\frac{y_n \\cdot t_n}{\\lVert y_n \\rVert \\lVert t_n \\rVert}',
    source: { title: 'Keras: regression losses', url: 'https://keras.io/api/losses/regression_losses/' },
  },
  names: { pytorch: 'nn.CosineEmbeddingLoss' },
  ...comparison({ target: targetField('label') }),
});
