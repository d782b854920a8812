/** What Keras 3 computes in its convolutional layers; made by tests/fixtures/engine/convolution_numbers.py. */
import { readFileSync } from 'node:fs';
import type { LayerCase } from './kerasLayers';

/** Each with its whole config, as Keras writes it. */
export const CONVOLUTIONS = JSON.parse(
  readFileSync(new URL('../fixtures/engine/convolutions.json', import.meta.url), 'utf8'),
) as LayerCase[];
