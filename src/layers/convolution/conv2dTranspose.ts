import { transposedConvolution } from './builders/transposed';

/** The shapes of Conv2D backwards: every input value adds a weighted window to the output. */
export const conv2dTranspose = transposedConvolution({
  type: 'conv2dTranspose',
  axes: 2,
  title: 'Conv2DTranspose',
  summary: 'Makes the image larger: every value is spread over a learned window.',
  keywords: ['deconvolution', 'upsample', 'decoder', 'fractionally strided', 'generator'],
  docs: {
    text: 'Goes the way of a convolution backwards: each value of the input is multiplied with the window and added to the output where the window lies, S steps further for each neighbour. Decoders and generators grow this way. Where the kernel is no multiple of the stride, windows overlap unevenly and leave a checkerboard.',
    formula: 'y_{\\,pS + uD,\\,k} \\mathrel{+}= w_{u,k,c}\\; x_{p,c}',
    source: {
      title: 'Keras: Conv2DTranspose',
      url: 'https://keras.io/api/layers/convolution_layers/convolution2d_transpose/',
    },
  },
  names: { pytorch: 'nn.ConvTranspose2d', onnx: 'ConvTranspose' },
});
