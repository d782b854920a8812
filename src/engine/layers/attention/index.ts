/** Layers of this family that stock tfjs lacks or has wrong. */
import type { LayerClass } from '../base';
import { EinsumDense } from './einsumDense';
import { GroupQueryAttention, MultiHeadAttention } from './heads';
import { PatchEmbedding } from './patchEmbedding';
import { ClassToken, PositionEmbedding, RotaryEmbedding, SinusoidalPositionEncoding } from './positions';
import { AdditiveAttention, Attention } from './single';

export const attentionClasses: readonly LayerClass[] = [
  AdditiveAttention,
  Attention,
  ClassToken,
  EinsumDense,
  GroupQueryAttention,
  MultiHeadAttention,
  PatchEmbedding,
  PositionEmbedding,
  RotaryEmbedding,
  SinusoidalPositionEncoding,
];
