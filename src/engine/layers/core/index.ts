/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { Dense } from './dense';
import { Activation, ELU, GLU, Identity, LeakyReLU } from './elementwise';
import { PReLU, ReLU, Threshold } from './rectifiers';

export const coreClasses: readonly LayerClass[] = [
  Activation,
  Dense,
  ELU,
  GLU,
  Identity,
  LeakyReLU,
  PReLU,
  ReLU,
  Threshold,
];
