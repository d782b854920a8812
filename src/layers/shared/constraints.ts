/** What a weight may be held to after each update, as Keras 3 has it. */
import type { Variants } from '../params';

const AXIS = { label: 'Axis', default: 0, min: 0, max: 7 };

/** Srivastava et al. 2014 (max norm); norms are taken along `axis`, 0 being a unit's incoming weights. */
export const CONSTRAINTS = {
  maxNorm: {
    title: 'Max norm',
    keras: { className: 'MaxNorm' },
    settings: { maxValue: { label: 'Largest norm', default: 2, min: 0 }, axis: AXIS },
  },
  nonNeg: { title: 'Non-negative', keras: { className: 'NonNeg', word: 'non_neg' } },
  unitNorm: { title: 'Unit norm', keras: { className: 'UnitNorm' }, settings: { axis: AXIS } },
  minMaxNorm: {
    title: 'Norm between',
    keras: { className: 'MinMaxNorm' },
    settings: {
      minValue: { label: 'Smallest norm', default: 0, min: 0 },
      maxValue: { label: 'Largest norm', default: 1, min: 0 },
      rate: { label: 'Rate', default: 1, min: 0, max: 1 },
      axis: AXIS,
    },
  },
} as const satisfies Variants;
