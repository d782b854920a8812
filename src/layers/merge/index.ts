/** The family's layers, in the palette's order. */
import type { LayerDeclaration } from '../declaration';
import { add } from './add';
import { average } from './average';
import { concatenate } from './concatenate';
import { dot } from './dot';
import { maximum } from './maximum';
import { minimum } from './minimum';
import { multiply } from './multiply';
import { scaledAdd } from './scaledAdd';
import { subtract } from './subtract';

export const mergeLayers: readonly LayerDeclaration[] = [
  add,
  concatenate,
  multiply,
  subtract,
  average,
  maximum,
  minimum,
  scaledAdd,
  dot,
];
