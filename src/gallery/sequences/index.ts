import type { Chapter } from '../entry';

const same = (count: number) => ({ keras: count, pytorch: count });

export const sequences: Chapter = {
  id: 'sequences',
  title: 'Sequences',
  entries: [
    {
      id: 'rnn',
      title: 'RNN for sentiment',
      summary:
        'Reads a review word by word and remembers what it needs to tell praise from blame. The simplest network for a sequence.',
      source: { title: 'Elman 1990', url: 'https://doi.org/10.1207/s15516709cog1402_1' },
      parameters: { keras: 322_113, pytorch: 322_145 },
      open: async () => (await import('./text')).rnn,
    },
    {
      id: 'deep-rnn',
      title: 'Deep RNN',
      summary:
        'Four recurrent layers, each reading what the one below says at every step. Only the last says one thing of the whole.',
      source: { title: 'Pascanu, Gulcehre, Cho & Bengio 2014', url: 'https://arxiv.org/abs/1312.6026' },
      parameters: { keras: 328_353, pytorch: 328_481 },
      open: async () => (await import('./text')).deepRnn,
    },
    {
      id: 'gru-sentiment',
      title: 'GRU for sentiment',
      summary:
        'A recurrent layer with gates, which decide what of the review is kept. Texts of any length, with padding passed over.',
      source: { title: 'Cho et al. 2014', url: 'https://arxiv.org/abs/1406.1078' },
      parameters: same(326_369),
      open: async () => (await import('./text')).gruSentiment,
    },
    {
      id: 'bidirectional-lstm',
      title: 'Bidirectional LSTM',
      summary:
        'Two layers that read a review from both ends at once, so each word is seen with all that stands around it. As in the examples of Keras.',
      source: { title: 'Graves & Schmidhuber 2005', url: 'https://doi.org/10.1016/j.neunet.2005.06.042' },
      parameters: { keras: 2_757_761, pytorch: 2_758_785 },
      open: async () => (await import('./text')).bidirectionalLstm,
    },
    {
      id: 'sequence-tagging',
      title: 'Sequence tagging',
      summary:
        'Gives every word its part of speech, having read the sentence from both ends. Padding is passed over, in the loss too.',
      source: { title: 'Huang, Xu & Yu 2015', url: 'https://arxiv.org/abs/1508.01991' },
      parameters: { keras: 2_164_418, pytorch: 2_165_218 },
      open: async () => (await import('./text')).sequenceTagging,
    },
    {
      id: 'character-language-model',
      title: 'Character language model',
      summary:
        'Foretells the next letter at every letter, and so learns to write. The sizes are those of TensorFlow’s tutorial on Shakespeare.',
      source: { title: 'Graves 2013', url: 'https://arxiv.org/abs/1308.0850' },
      parameters: same(4_022_850),
      open: async () => (await import('./text')).characterModel,
    },
    {
      id: 'encoder-decoder-lstm',
      title: 'Encoder-decoder LSTM with attention',
      summary:
        'One LSTM reads a sentence, another writes it in a second language, and at every word looks back at what was read. The state of the first is where the second begins.',
      source: { title: 'Luong, Pham & Manning 2015', url: 'https://arxiv.org/abs/1508.04025' },
      parameters: { keras: 13_924_112, pytorch: 13_928_208 },
      open: async () => (await import('./encoderDecoder')).encoderDecoder,
    },
    {
      id: 'rnn-names',
      title: 'RNN for names',
      summary:
        'Reads a given name letter by letter and tells whether women or men bear it. The simplest network for a text: it learns in seconds, and is right about four names in five.',
      source: { title: 'Elman 1990', url: 'https://doi.org/10.1207/s15516709cog1402_1' },
      parameters: { keras: 5_762, pytorch: 5_826 },
      dataset: 'names',
      open: async () => (await import('./small')).rnnNames,
    },
    {
      id: 'gru-reviews',
      title: 'GRU for reviews',
      summary:
        'Reads a review of food word by word, and tells whether it gave all five stars. It learns in the tab in half a minute, padding passed over, and is right about three in four.',
      source: { title: 'Cho et al. 2014', url: 'https://arxiv.org/abs/1406.1078' },
      parameters: same(81_666),
      dataset: 'reviews',
      open: async () => (await import('./small')).gruReviews,
    },
    {
      id: 'lstm-punctuation',
      title: 'Bidirectional LSTM for punctuation',
      summary:
        'Reads the words of a novel from both ends and puts the marks back that followed them. It learns in the tab in a minute: padding is passed over, in the loss and in the scores, too.',
      source: {
        title: 'Tilk & Alumäe 2016',
        url: 'https://www.isca-archive.org/interspeech_2016/tilk16_interspeech.html',
      },
      parameters: { keras: 145_160, pytorch: 145_416 },
      dataset: 'punctuation',
      open: async () => (await import('./small')).lstmPunctuation,
    },
    {
      id: 'gru-novel',
      title: 'GRU that continues a novel',
      summary:
        'Foretells the next character of a novel at every one, and so learns to write. After a minute or two in the tab it is right about more than half of them, and goes on with what you type.',
      source: { title: 'Graves 2013', url: 'https://arxiv.org/abs/1308.0850' },
      parameters: same(72_351),
      dataset: 'novel',
      open: async () => (await import('./small')).gruNovel,
    },
    {
      id: 'lstm-pronunciation',
      title: 'Encoder-decoder LSTM for pronunciation',
      summary:
        'One LSTM reads the letters of a word, another writes its sounds, and at every sound looks back at the letters. It learns in the tab, in a minute or so, and speaks words that you type.',
      source: { title: 'Luong, Pham & Manning 2015', url: 'https://arxiv.org/abs/1508.04025' },
      parameters: { keras: 62_794, pytorch: 63_306 },
      dataset: 'pronunciation',
      open: async () => (await import('./small')).lstmPronunciation,
    },
    {
      id: 'lstm-digits',
      title: 'LSTM for digits',
      summary:
        'Reads a handwritten digit row by row from the top, and remembers enough to tell it. It learns in the tab, in a minute or so.',
      source: { title: 'Hochreiter & Schmidhuber 1997', url: 'https://doi.org/10.1162/neco.1997.9.8.1735' },
      parameters: { keras: 57_482, pytorch: 57_994 },
      dataset: 'mnist',
      open: async () => (await import('./digits')).lstmDigits,
    },
  ],
};
