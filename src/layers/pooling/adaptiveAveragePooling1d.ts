import { adaptivePooling } from '../shared/pooling';

/** Takes the mean of as many windows as you ask for, whatever the size of the sequence. */
export const adaptiveAveragePooling1d = adaptivePooling({
  type: 'adaptiveAveragePooling1d',
  title: 'AdaptiveAveragePooling1D',
  axes: 1,
  summary: 'Takes the mean of as many windows as you ask for, whatever the size of the sequence.',
  keywords: ['pool', 'adaptive', 'resize'],
  docs: {
    text: 'Divides each axis into the given number of windows, which may overlap by one where it does not divide evenly, and takes the mean of each. The output has the same size for every input, so a dense layer can follow.',
    formula: 'y_o = \\operatorname{mean}_{\\,\\lfloor oH/O \\rfloor \\le p < \\lceil (o+1)H/O \\rceil}\\; x_p',
    source: {
      title: 'PyTorch: AdaptiveAvgPool1d',
      url: 'https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool1d.html',
    },
  },
  names: { pytorch: 'nn.AdaptiveAvgPool1d' },
});
