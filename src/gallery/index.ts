/** Ready networks, each a document in the native format that trains as it opens. */
import type { NetworkDocument } from '@/document';
import { lenet5 } from './networks/lenet5';
import { logisticRegression } from './networks/logisticRegression';
import { mlp } from './networks/mlp';
import { smallResnet } from './networks/smallResnet';

export interface GalleryEntry {
  /** For `gallery:ID` on the command line. */
  id: string;
  title: string;
  /** Two sentences. */
  summary: string;
  document: NetworkDocument;
}

export const GALLERY: readonly GalleryEntry[] = [
  {
    id: 'lenet-5',
    title: 'LeNet-5',
    summary:
      'The network that read cheques: two convolutions, two poolings, three dense layers (LeCun et al. 1998), here with ReLU and max pooling. It learns handwritten digits to 97 % in a few seconds.',
    document: lenet5,
  },
  {
    id: 'logistic-regression',
    title: 'Logistic regression',
    summary: 'One dense layer and softmax: the smallest classifier there is. It learns 8×8 digits almost at once.',
    document: logisticRegression,
  },
  {
    id: 'mlp',
    title: 'MLP',
    summary:
      'A multilayer perceptron with two hidden layers and dropout. It tells ten kinds of clothes apart without knowing that they are pictures.',
    document: mlp,
  },
  {
    id: 'small-resnet',
    title: 'Small residual network',
    summary:
      'Two residual blocks with batch normalisation, the second with a 1×1 projection on its skip path (He et al. 2015). Add is where the paths meet.',
    document: smallResnet,
  },
];

export const galleryEntry = (id: string): GalleryEntry | undefined => GALLERY.find((entry) => entry.id === id);
