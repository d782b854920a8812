import type { Chapter } from '../entry';

const same = (count: number) => ({ keras: count, pytorch: count });

export const generative: Chapter = {
  id: 'generative',
  title: 'Making and comparing',
  entries: [
    {
      id: 'autoencoder',
      title: 'Autoencoder',
      summary: 'Squeezes a digit into 32 numbers and draws it again from those. Nobody tells it what the digits are.',
      source: { title: 'Hinton & Salakhutdinov 2006', url: 'https://doi.org/10.1126/science.1127647' },
      parameters: same(50_992),
      dataset: 'mnist',
      open: async () => (await import('./autoencoders')).autoencoder,
    },
    {
      id: 'convolutional-autoencoder',
      title: 'Convolutional autoencoder',
      summary:
        'Squeezes a digit into eight small maps and draws it again. Shared windows do with a twelfth of the weights.',
      source: { title: 'Masci, Meier, Cireşan & Schmidhuber 2011', url: 'https://doi.org/10.1007/978-3-642-21735-7_7' },
      parameters: same(4_385),
      dataset: 'mnist',
      open: async () => (await import('./autoencoders')).convolutionalAutoencoder,
    },
    {
      id: 'vae',
      title: 'VAE',
      summary:
        'The middle is a cloud with a mean and a spread, and what is drawn comes from a point in it. Drawn to be looked at: the loss that keeps the clouds together is not there yet.',
      source: { title: 'Kingma & Welling 2013', url: 'https://arxiv.org/abs/1312.6114' },
      parameters: same(134_165),
      open: async () => (await import('./autoencoders')).vae,
    },
    {
      id: 'gan',
      title: 'GAN',
      summary:
        'One network makes digits out of noise, the other tells them from real ones; the same judge sees both. Drawn to be looked at: training in turns is not there yet.',
      source: { title: 'Goodfellow et al. 2014', url: 'https://arxiv.org/abs/1406.2661' },
      parameters: same(1_093_137),
      open: async () => (await import('./adversarial')).gan,
    },
    {
      id: 'dcgan',
      title: 'DCGAN',
      summary:
        'The same game with convolutions: pictures grow out of noise by transposed ones. Drawn to be looked at: training in turns is not there yet.',
      source: { title: 'Radford, Metz & Chintala 2016', url: 'https://arxiv.org/abs/1511.06434' },
      parameters: { keras: 2_543_809, pytorch: 2_518_337 },
      open: async () => (await import('./adversarial')).dcgan,
    },
    {
      id: 'conditional-gan',
      title: 'Conditional GAN',
      summary:
        'Maker and judge are both told which digit it is to be. Drawn to be looked at: training in turns is not there yet.',
      source: { title: 'Mirza & Osindero 2014', url: 'https://arxiv.org/abs/1411.1784' },
      parameters: same(1_132_537),
      open: async () => (await import('./conditional')).conditionalGan,
    },
    {
      id: 'wgan-gp',
      title: 'WGAN-GP',
      summary:
        'A critic that scores instead of judging, so that the maker always has a slope to follow. Drawn to be looked at: its penalty on slopes is not there yet.',
      source: { title: 'Gulrajani et al. 2017', url: 'https://arxiv.org/abs/1704.00028' },
      parameters: { keras: 2_544_065, pytorch: 2_518_593 },
      open: async () => (await import('./adversarial')).wganGp,
    },
    {
      id: 'siamese',
      title: 'Siamese network',
      summary:
        'Two pictures seen by one network, and the difference of what it says judged. Drawn to be looked at: data in pairs is not there yet.',
      source: {
        title: 'Bromley et al. 1993',
        url: 'https://proceedings.neurips.cc/paper/1993/hash/288cc0ff022877bd3df94bc9360b9c5d-Abstract.html',
      },
      parameters: same(219_649),
      open: async () => (await import('./comparing')).siamese,
    },
    {
      id: 'triplet',
      title: 'Triplet network',
      summary:
        'Three pictures seen by one network: two of a kind shall come out alike, the third apart. Drawn to be looked at: the triplet loss is not there yet.',
      source: { title: 'Schroff, Kalenichenko & Philbin 2015', url: 'https://arxiv.org/abs/1503.03832' },
      parameters: same(219_584),
      open: async () => (await import('./comparing')).triplet,
    },
    {
      id: 'two-tower',
      title: 'Two-tower network',
      summary:
        'One tower for the user, one for the film; how well they match is the angle between what they say. Drawn to be looked at: data of this kind is not there yet.',
      source: { title: 'Covington, Adams & Sargin 2016', url: 'https://doi.org/10.1145/2959100.2959190' },
      parameters: same(92_384),
      open: async () => (await import('./comparing')).twoTower,
    },
    {
      id: 'word2vec',
      title: 'word2vec',
      summary:
        'Learns a vector for each word from the words around it, true ones against chance ones. Drawn to be looked at: data of this kind is not there yet.',
      source: { title: 'Mikolov et al. 2013', url: 'https://arxiv.org/abs/1310.4546' },
      parameters: same(1_048_576),
      open: async () => (await import('./comparing')).word2vec,
    },
  ],
};
