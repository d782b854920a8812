/** Keras 3 changed what the hard sigmoid is: files from before are told apart. */
import { describe, expect, it } from 'vitest';
import { compile, toTfjsTopology } from '@/compiler';
import type { Json } from '@/document';
import { kerasJson, tfjsModel } from '@/formats';
import { importKeras } from '@/formats/import';
import { chain } from '../support/networks';

const document = chain(
  [4, 3],
  ['lstm', { units: 2, recurrentActivation: 'hardSigmoid', returnSequences: true }],
  ['timeDistributed', { layer: { type: 'dense', params: { activation: 'hardSigmoid' } } }],
  ['dense', { activation: 'sigmoid' }],
);

const NOTE =
  'The hard sigmoid of “n1”, “n2” is that of Keras 3 here, x/6 + 0.5 between 0 and 1; in Keras 2 and TensorFlow.js it is 0.2x + 0.5. Trained weights would give other values.';

const keras = (version: string | undefined): Json => {
  const { keras_version: _, ...json } = JSON.parse(kerasJson(document, undefined));
  return version === undefined ? json : { ...json, keras_version: version };
};

describe('the hard sigmoid of a file', () => {
  it('of Keras 1 and 2 is said to be another', () => {
    for (const version of ['2.15.0', '2.21.0', '1.2.2']) expect(importKeras(keras(version)).notes).toEqual([NOTE]);
  });

  it('of Keras 3 is the same', () => {
    for (const version of ['3.0.0', '3.15.1', undefined]) expect(importKeras(keras(version)).notes).toEqual([]);
  });

  it('of TensorFlow.js is another, but where the file is ours', () => {
    const ours = JSON.parse(tfjsModel(document, undefined, null)['model.json']);
    expect(importKeras(ours).notes).toEqual([]);
    expect(importKeras({ ...ours, generatedBy: 'TensorFlow.js tfjs-layers v4.22.0' }).notes).toEqual([NOTE]);
    expect(importKeras(toTfjsTopology(compile(document, { fields: undefined }).model)).notes).toEqual([NOTE]);
  });

  it('is not spoken of where there is none', () => {
    const plain = chain([3], ['dense', { activation: 'sigmoid' }]);
    const json = { ...JSON.parse(kerasJson(plain, undefined)), keras_version: '2.15.0' };
    expect(importKeras(json).notes).toEqual([]);
  });
});
