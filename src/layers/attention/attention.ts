import { defineLayer } from '../declaration';
import { choice, flag } from '../params';
import { attentionPorts, causal, causalCall, dropout } from './settings';
import { attends, fixedWeight } from './single';

/** Luong et al. 2015. */
export const attention = defineLayer({
  type: 'attention',
  title: 'Attention',
  family: 'attention',
  summary: 'Each query takes a weighted mean of the values, by how well it matches their keys.',
  keywords: ['luong', 'dot product', 'seq2seq', 'cross-attention'],
  docs: {
    text: 'Every query is compared with every key by their dot product; a softmax turns the scores into weights, and the result is the weighted mean of the values. There is nothing to learn but, if you like, one scale. It lets a decoder look back at what an encoder read. Without a key, the values are the keys.',
    formula: 'y = \\operatorname{softmax}(s\\,Q K^\\top)\\,V',
    source: { title: 'Luong et al. 2015', url: 'https://arxiv.org/abs/1508.04025' },
  },
  params: {
    scoreMode: choice({
      label: 'Score',
      help: 'How queries and keys are compared.',
      default: 'dot',
      options: { dot: 'dot product', concat: 'tanh of the sum' },
    }),
    useScale: flag({ label: 'Scale', help: 'Multiplies the scores by one learned number.', default: false }),
    causal: causal(),
    dropout: dropout(),
  },
  inputs: attentionPorts([3]),
  digest: ({ scoreMode, causal: ahead }) => [...(scoreMode === 'dot' ? [] : ['tanh']), ...(ahead ? ['causal'] : [])],
  infer: ({ params: { scoreMode, useScale }, inputs }) =>
    attends(inputs, scoreMode === 'dot', () => [
      ...(useScale ? [fixedWeight('scale', [], 'ones')] : []),
      ...(scoreMode === 'concat' ? [fixedWeight('concat_score_weight', [], 'ones')] : []),
    ]),
  names: { pytorch: 'scaled_dot_product_attention', onnx: 'Attention' },
  keras: { className: 'Attention', names: { causal: null }, call: 'list', callOptions: causalCall },
});
