/** The network that won ImageNet 2012: Krizhevsky, Sutskever & Hinton 2012. */
import { type Link, network } from '../chain';
import { image, imagenetClasses, link } from '../parts';

const conv = (id: string, filters: number, kernelSize: number, more: Link['params'] = { padding: 'same' }): Link =>
  link(id, 'conv2d', { filters, kernelSize, activation: 'relu', ...more });

/** Three wide windows that overlap by one. */
const pool = (id: string): Link => link(id, 'maxPooling2d', { poolSize: 3, strides: 2 });

const wide = (id: string): Link => link(id, 'dense', { units: 4096, activation: 'relu' });

/** Krizhevsky's later “one weird trick” form (2014), as torchvision has it. */
export const alexnet = network('AlexNet', {
  links: [
    image(224),
    link('pad', 'zeroPadding2d', { padding: 2 }),
    conv('conv1', 64, 11, { strides: 4 }),
    pool('pool1'),
    conv('conv2', 192, 5),
    pool('pool2'),
    conv('conv3', 384, 3),
    conv('conv4', 256, 3),
    conv('conv5', 256, 3),
    pool('pool5'),
    link('flatten', 'flatten'),
    link('dropout6', 'dropout'),
    wide('dense6'),
    link('dropout7', 'dropout'),
    wide('dense7'),
    ...imagenetClasses,
  ],
});

/** As published, for two graphics cards: the groups are what each saw. 227 pixels, since 224 do not fit the stride. */
export const alexnet2012 = network('AlexNet (2012)', {
  links: [
    image(227),
    conv('conv1', 96, 11, { strides: 4 }),
    link('norm1', 'localResponseNormalization'),
    pool('pool1'),
    conv('conv2', 256, 5, { padding: 'same', groups: 2 }),
    link('norm2', 'localResponseNormalization'),
    pool('pool2'),
    conv('conv3', 384, 3),
    conv('conv4', 384, 3, { padding: 'same', groups: 2 }),
    conv('conv5', 256, 3, { padding: 'same', groups: 2 }),
    pool('pool5'),
    link('flatten', 'flatten'),
    wide('dense6'),
    link('dropout6', 'dropout'),
    wide('dense7'),
    link('dropout7', 'dropout'),
    ...imagenetClasses,
  ],
});
