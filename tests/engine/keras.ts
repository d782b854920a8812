/** What Keras 3 computes; made by tests/fixtures/engine/keras_numbers.py. */
import { readFileSync } from 'node:fs';
import type { Optimizer } from '@/document';

export interface Numbers {
  shape: number[];
  data: number[];
}

interface KerasNumbers {
  optimizers: {
    first: Numbers[];
    gradients: Numbers[][];
    cases: { settings: Partial<Optimizer> & { type: Optimizer['type'] }; steps: Numbers[][] }[];
  };
  losses: {
    name: string;
    params: Record<string, string | number>;
    prediction: Numbers;
    target: Numbers & { dtype: 'int32' | 'float32' };
    value: number;
  }[];
  activations: { x: number[]; y: Record<string, number[]> };
  training: {
    first: Record<string, Numbers>;
    batches: { image: Numbers; label: number[] }[];
    losses: number[];
    last: Record<string, Numbers>;
    evaluated: number;
    outputs: Numbers;
  };
}

export const KERAS = JSON.parse(
  readFileSync(new URL('../fixtures/engine/keras.json', import.meta.url), 'utf8'),
) as KerasNumbers;
