import { defineLayer } from '../declaration';
import { isKnown } from '../dimension';
import { flag } from '../params';
import { attentionPorts, causal, causalCall, dropout, unknownFeatures } from './settings';
import { attends, fixedWeight } from './single';

/** Bahdanau et al. 2015. */
export const additiveAttention = defineLayer({
  type: 'additiveAttention',
  title: 'AdditiveAttention',
  family: 'attention',
  summary: 'Attention that scores a query and a key by the tanh of their sum.',
  keywords: ['bahdanau', 'seq2seq', 'translation'],
  docs: {
    text: 'The first attention of all: query and key are added, squashed by tanh, and weighed by a learned vector; a softmax over the scores says how much of each value is taken. Without a key, the values are the keys.',
    formula: 'y_t = \\sum_s \\operatorname{softmax}_s\\big(w \\cdot \\tanh(q_t + k_s)\\big)\\, v_s',
    source: { title: 'Bahdanau et al. 2015', url: 'https://arxiv.org/abs/1409.0473' },
  },
  params: {
    useScale: flag({
      label: 'Weigh features',
      help: 'Weighs the features of a score by learned numbers.',
      default: true,
    }),
    causal: causal(),
    dropout: dropout(),
  },
  inputs: attentionPorts([3]),
  digest: ({ causal: ahead }) => (ahead ? ['causal'] : []),
  infer({ params: { useScale }, inputs }) {
    const features = inputs.query.shape.at(-1) ?? 1;
    const unknown = useScale && !isKnown(features) ? unknownFeatures({ query: inputs.query }) : null;
    if (unknown) return { refusal: unknown };
    return attends(inputs, false, (size) => (useScale ? [fixedWeight('scale', [size], 'glorotUniform')] : []));
  },
  keras: { className: 'AdditiveAttention', names: { causal: null }, call: 'list', callOptions: causalCall },
});
