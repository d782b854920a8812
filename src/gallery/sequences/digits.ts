/** A digit as a sequence of 28 rows, so that a recurrent network learns in the tab. */
import { network } from '../chain';
import { link } from '../parts';

export const lstmDigits = network('LSTM for digits', {
  links: [
    link('image', 'input'),
    link('rows', 'reshape', { targetShape: [28, 28] }),
    link('lstm1', 'lstm', { units: 64, returnSequences: true }),
    link('lstm2', 'lstm', { units: 64 }),
    link('classes', 'dense', { units: 10, activation: 'softmax' }),
    link('loss', 'crossEntropy'),
  ],
  training: { dataset: 'mnist', batchSize: 64, epochs: 3 },
});
