/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { additiveAttention } from './additiveAttention';
import { attention } from './attention';
import { classToken } from './classToken';
import { groupedQueryAttention } from './groupedQueryAttention';
import { multiHeadAttention } from './multiHeadAttention';
import { patchEmbedding } from './patchEmbedding';
import { positionEmbedding } from './positionEmbedding';
import { rotaryEmbedding } from './rotaryEmbedding';
import { sinusoidalPositionEncoding } from './sinusoidalPositionEncoding';

export const attentionLayers: readonly LayerDeclaration[] = [
  multiHeadAttention,
  groupedQueryAttention,
  attention,
  additiveAttention,
  sinusoidalPositionEncoding,
  positionEmbedding,
  rotaryEmbedding,
  patchEmbedding,
  classToken,
];
