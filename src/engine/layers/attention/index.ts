/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { EinsumDense } from './einsumDense';
import { GroupQueryAttention, MultiHeadAttention } from './heads';
import { AdditiveAttention, Attention } from './single';

export const attentionClasses: readonly LayerClass[] = [
  AdditiveAttention,
  Attention,
  EinsumDense,
  GroupQueryAttention,
  MultiHeadAttention,
];
