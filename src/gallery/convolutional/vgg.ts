/** Simonyan & Zisserman 2014: nothing but 3×3 convolutions and pooling, deeper than any network before. */
import type { NetworkDocument } from '@/document';
import { network } from '../chain';
import { image, imagenetClasses, link } from '../parts';

/** Table 1, configurations A, D and E: convolutions in each of the five stages. */
const STAGES = { 11: [1, 1, 2, 2, 2], 16: [2, 2, 3, 3, 3], 19: [2, 2, 4, 4, 4] } as const;

export const vgg = (depth: keyof typeof STAGES): NetworkDocument =>
  network(`VGG-${depth}`, {
    links: [
      image(224),
      ...STAGES[depth].flatMap((count, at) => [
        ...Array.from({ length: count }, (_, index) =>
          link(`conv${at + 1}_${index + 1}`, 'conv2d', {
            filters: Math.min(512, 64 * 2 ** at),
            kernelSize: 3,
            padding: 'same',
            activation: 'relu',
          }),
        ),
        link(`pool${at + 1}`, 'maxPooling2d'),
      ]),
      link('flatten', 'flatten'),
      link('dense1', 'dense', { units: 4096, activation: 'relu' }),
      link('dropout1', 'dropout'),
      link('dense2', 'dense', { units: 4096, activation: 'relu' }),
      link('dropout2', 'dropout'),
      ...imagenetClasses,
    ],
  });
