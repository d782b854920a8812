import { defineLayer } from '../declaration';
import { passedOn } from '../shared/same';

export const identity = defineLayer({
  type: 'identity',
  title: 'Identity',
  family: 'core',
  summary: 'Gives what it is given.',
  keywords: ['pass', 'nothing', 'skip'],
  docs: {
    text: 'Changes nothing. It gives a place in the network a name of its own, or stands where a layer may come later.',
    formula: 'y = x',
    source: { title: 'Keras: Identity', url: 'https://keras.io/api/layers/core_layers/identity/' },
  },
  params: {},
  inputs: { in: { title: 'Tensor' } },
  keepsShape: true,
  digest: () => [],
  infer: ({ inputs: { in: x } }) => ({ output: passedOn(x) }),
  names: { pytorch: 'nn.Identity', onnx: 'Identity' },
  keras: { className: 'Identity' },
});
