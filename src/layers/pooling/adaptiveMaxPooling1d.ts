import { adaptivePooling } from '../shared/pooling';

/** Takes the largest value of as many windows as you ask for, whatever the size of the sequence. */
export const adaptiveMaxPooling1d = adaptivePooling({
  type: 'adaptiveMaxPooling1d',
  title: 'AdaptiveMaxPooling1D',
  axes: 1,
  summary: 'Takes the largest value of as many windows as you ask for, whatever the size of the sequence.',
  keywords: ['pool', 'adaptive', 'resize'],
  docs: {
    text: 'Divides each axis into the given number of windows, which may overlap by one where it does not divide evenly, and takes the largest value of each. The output has the same size for every input, so a dense layer can follow.',
    formula: 'y_o = \\max_{\\,\\lfloor oH/O \\rfloor \\le p < \\lceil (o+1)H/O \\rceil}\\; x_p',
    source: {
      title: 'PyTorch: AdaptiveMaxPool1d',
      url: 'https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveMaxPool1d.html',
    },
  },
  names: { pytorch: 'nn.AdaptiveMaxPool1d' },
});
