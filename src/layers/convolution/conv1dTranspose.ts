import { transposedConvolution } from './builders/transposed';

/** The shapes of Conv1D backwards: every input value adds a weighted window to the output. */
export const conv1dTranspose = transposedConvolution({
  type: 'conv1dTranspose',
  axes: 1,
  title: 'Conv1DTranspose',
  summary: 'Makes the sequence larger: every value is spread over a learned window.',
  keywords: ['deconvolution', 'upsample', 'decoder', 'fractionally strided', 'generator'],
  docs: {
    text: 'Goes the way of a convolution backwards: each value of the input is multiplied with the window and added to the output where the window lies, S steps further for each neighbour. Decoders and generators grow this way. Where the kernel is no multiple of the stride, windows overlap unevenly and leave a checkerboard.',
    formula: 'y_{\\,pS + uD,\\,k} \\mathrel{+}= w_{u,k,c}\\; x_{p,c}',
    source: {
      title: 'Keras: Conv1DTranspose',
      url: 'https://keras.io/api/layers/convolution_layers/convolution1d_transpose/',
    },
  },
  names: { pytorch: 'nn.ConvTranspose1d', onnx: 'ConvTranspose' },
});
