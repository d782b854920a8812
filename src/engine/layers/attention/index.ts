/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { EinsumDense } from './einsumDense';

export const attentionClasses: readonly LayerClass[] = [EinsumDense];
