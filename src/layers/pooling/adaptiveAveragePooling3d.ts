import { adaptivePooling } from '../shared/pooling';

/** Takes the mean of as many windows as you ask for, whatever the size of the volume. */
export const adaptiveAveragePooling3d = adaptivePooling({
  type: 'adaptiveAveragePooling3d',
  title: 'AdaptiveAveragePooling3D',
  axes: 3,
  summary: 'Takes the mean of as many windows as you ask for, whatever the size of the volume.',
  keywords: ['pool', 'adaptive', 'resize'],
  docs: {
    text: 'Divides each axis into the given number of windows, which may overlap by one where it does not divide evenly, and takes the mean of each. The output has the same size for every input, so a dense layer can follow.',
    formula: 'y_o = \\operatorname{mean}_{\\,\\lfloor oH/O \\rfloor \\le p < \\lceil (o+1)H/O \\rceil}\\; x_p',
    source: {
      title: 'PyTorch: AdaptiveAvgPool3d',
      url: 'https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool3d.html',
    },
  },
  names: { pytorch: 'nn.AdaptiveAvgPool3d' },
});
