/** Networks that give back what they are given, through a narrow middle. */
import { type Link, network } from '../chain';
import { link } from '../parts';

const image: Link = link('image', 'input');

/** How far the picture that comes out is from the one that went in. */
const likeness: Link = link('loss', 'meanSquaredError', { target: 'image' });

/** Hinton & Salakhutdinov 2006 in its simplest form: 784 pixels through 32 numbers. */
export const autoencoder = network('Autoencoder', {
  links: [
    image,
    link('pixels', 'flatten'),
    link('code', 'dense', { units: 32, activation: 'relu' }),
    link('picture', 'dense', { units: 784, activation: 'sigmoid' }),
    link('again', 'reshape', { targetShape: [28, 28, 1] }),
    likeness,
  ],
  training: { dataset: 'mnist', batchSize: 64, epochs: 5 },
});

const conv = (id: string, filters: number, padding = 'same'): Link =>
  link(id, 'conv2d', { filters, kernelSize: 3, padding, activation: 'relu', kernelInitializer: 'heUniform' });
const shrink = (id: string): Link => link(id, 'maxPooling2d', { padding: 'same' });
const grow = (id: string): Link => link(id, 'upSampling2d');

export const convolutionalAutoencoder = network('Convolutional autoencoder', {
  links: [
    image,
    conv('conv1', 16),
    shrink('shrink1'),
    conv('conv2', 8),
    shrink('shrink2'),
    conv('conv3', 8),
    shrink('code'),
    conv('conv4', 8),
    grow('grow1'),
    conv('conv5', 8),
    grow('grow2'),
    conv('conv6', 16, 'valid'),
    grow('grow3'),
    link('picture', 'conv2d', { filters: 1, kernelSize: 3, padding: 'same', activation: 'sigmoid' }),
    likeness,
  ],
  training: { dataset: 'mnist', batchSize: 64, epochs: 5 },
});

const up = (id: string, filters: number): Link =>
  link(id, 'conv2dTranspose', { filters, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' });

/** Kingma & Welling 2013, of the sizes of Keras's example. */
export const vae = network('VAE', {
  links: [
    link('image', 'input', { shape: [28, 28, 1] }),
    link('conv1', 'conv2d', { filters: 32, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }),
    link('conv2', 'conv2d', { filters: 64, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }),
    link('flatten', 'flatten'),
    link('hidden', 'dense', { units: 16, activation: 'relu' }),
    link('mean', 'dense', { units: 2 }, 'hidden'),
    link('logVariance', 'dense', { units: 2 }, 'hidden'),
    link('code', 'sampling', undefined, { mean: 'mean', logVariance: 'logVariance' }),
    link('widen', 'dense', { units: 7 * 7 * 64, activation: 'relu' }),
    link('map', 'reshape', { targetShape: [7, 7, 64] }),
    up('up1', 64),
    up('up2', 32),
    link('picture', 'conv2dTranspose', { filters: 1, kernelSize: 3, padding: 'same', activation: 'sigmoid' }),
  ],
});
