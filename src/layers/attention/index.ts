/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { additiveAttention } from './additiveAttention';
import { attention } from './attention';
import { groupedQueryAttention } from './groupedQueryAttention';
import { multiHeadAttention } from './multiHeadAttention';

export const attentionLayers: readonly LayerDeclaration[] = [
  multiHeadAttention,
  groupedQueryAttention,
  attention,
  additiveAttention,
];
