import type { Chapter } from '../entry';

const same = (count: number) => ({ keras: count, pytorch: count });

export const transformers: Chapter = {
  id: 'transformers',
  title: 'Transformers',
  entries: [
    {
      id: 'transformer-base',
      title: 'Transformer base',
      summary:
        'Reads a sentence and writes it in another language, by attention alone. One table of words serves both sides and the way back from vectors to words.',
      source: { title: 'Vaswani et al. 2017', url: 'https://arxiv.org/abs/1706.03762' },
      parameters: same(63_082_496),
      open: async () => (await import('./transformer')).transformerBase,
    },
    {
      id: 'bert-base',
      title: 'BERT-base',
      summary:
        'Twelve encoder layers that have learned to fill gaps in texts, up to the pooled first token. A small head upon it is then taught a task.',
      source: { title: 'Devlin, Chang, Lee & Toutanova 2019', url: 'https://arxiv.org/abs/1810.04805' },
      parameters: same(109_482_240),
      open: async () => (await import('./bert')).bertBase,
    },
    {
      id: 'gpt-2-small',
      title: 'GPT-2 small',
      summary:
        'Twelve layers that look back only, and foretell the next word at every word. The table of words is used in both directions.',
      source: {
        title: 'Radford et al. 2019',
        url: 'https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf',
      },
      parameters: same(124_439_808),
      open: async () => (await import('./gpt')).gpt2Small,
    },
    {
      id: 'gpt-characters',
      title: 'GPT of characters',
      summary:
        'GPT-2 in small: four layers that foretell the next character. Every part is there, with a hundred-and-fiftieth of the weights.',
      source: {
        title: 'Radford et al. 2019',
        url: 'https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf',
      },
      parameters: same(818_176),
      open: async () => (await import('./gpt')).gptMini,
    },
    {
      id: 'transformer-sentiment',
      title: 'Transformer for sentiment',
      summary:
        'Two small encoder layers tell praise from blame in a review. The average over all words is what is judged.',
      source: { title: 'Vaswani et al. 2017', url: 'https://arxiv.org/abs/1706.03762' },
      parameters: same(672_510),
      open: async () => (await import('./classifier')).transformerClassifier,
    },
    {
      id: 'bert-reviews',
      title: 'BERT for reviews',
      summary:
        'BERT in small: a learned token in front gathers what the words of a review say, whichever stand together. It learns in the tab, in a minute or two.',
      source: { title: 'Devlin, Chang, Lee & Toutanova 2019', url: 'https://arxiv.org/abs/1810.04805' },
      parameters: same(189_218),
      dataset: 'reviews',
      open: async () => (await import('./small')).bertReviews,
    },
    {
      id: 'gpt-novel',
      title: 'GPT that continues a novel',
      summary:
        'GPT-2 in small: every character of a novel sees those before it, and foretells the next. After two or three minutes in the tab it is right about half of them, and goes on with what you type.',
      source: {
        title: 'Radford et al. 2019',
        url: 'https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf',
      },
      parameters: same(112_319),
      dataset: 'novel',
      open: async () => (await import('./small')).gptNovel,
    },
    {
      id: 'transformer-pronunciation',
      title: 'Transformer for pronunciation',
      summary:
        'Reads the letters of a word and writes its sounds by attention alone: one layer on either side. It learns in the tab, in a minute or so.',
      source: { title: 'Vaswani et al. 2017', url: 'https://arxiv.org/abs/1706.03762' },
      parameters: same(123_882),
      dataset: 'pronunciation',
      open: async () => (await import('./small')).transformerPronunciation,
    },
    {
      id: 'transformer-digits',
      title: 'Transformer for digits',
      summary: 'Reads a digit row by row, every row looking at all others. It learns in the tab, in a minute or so.',
      source: { title: 'Vaswani et al. 2017', url: 'https://arxiv.org/abs/1706.03762' },
      parameters: same(102_474),
      dataset: 'mnist',
      open: async () => (await import('./digits')).transformerDigits,
    },
    {
      id: 'bert-digits',
      title: 'BERT for digits',
      summary: 'BERT in small: a learned token in front gathers what the rows of a digit say. It learns in the tab.',
      source: { title: 'Devlin, Chang, Lee & Toutanova 2019', url: 'https://arxiv.org/abs/1810.04805' },
      parameters: same(108_682),
      dataset: 'mnist',
      open: async () => (await import('./digits')).bertDigits,
    },
    {
      id: 'gpt-digits',
      title: 'GPT for digits',
      summary:
        'GPT-2 in small: each row of a digit sees those above it only, and the last one tells what it is. It learns in the tab.',
      source: {
        title: 'Radford et al. 2019',
        url: 'https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf',
      },
      parameters: same(104_394),
      dataset: 'mnist',
      open: async () => (await import('./digits')).gptDigits,
    },
  ],
};
