import { describe, expect, it } from 'vitest';
import { inferDocument, initializerAdvice, orderAdvice } from '@/inference';
import { chain } from '../support/networks';

const adviceFor = (...layers: Parameters<typeof chain>[1][]) => {
  const document = chain([6], ...layers);
  return initializerAdvice('n1', document, inferDocument(document, undefined)).map(({ param, suggestion }) => [
    param,
    suggestion,
  ]);
};

describe('advice on initialisers', () => {
  it('wants He before ReLU, its own or the next node’s', () => {
    expect(adviceFor(['dense', { units: 3, activation: 'relu' }])).toEqual([['kernelInitializer', 'heNormal']]);
    expect(adviceFor(['dense', { units: 3 }], ['activation', { function: 'relu' }])).toEqual([
      ['kernelInitializer', 'heNormal'],
    ]);
    expect(adviceFor(['dense', { units: 3, activation: 'relu', kernelInitializer: 'heUniform' }])).toEqual([]);
  });

  it('wants Glorot before tanh', () => {
    expect(adviceFor(['dense', { units: 3, activation: 'tanh' }])).toEqual([]);
    expect(adviceFor(['dense', { units: 3, activation: 'tanh', kernelInitializer: 'heNormal' }])).toEqual([
      ['kernelInitializer', 'glorotUniform'],
    ]);
  });

  it('warns of weights that begin alike in a hidden layer only', () => {
    const zeros = { units: 3, kernelInitializer: 'zeros' };
    expect(adviceFor(['dense', zeros], ['dense', { units: 2 }])).toEqual([['kernelInitializer', 'glorotUniform']]);
    expect(adviceFor(['dense', zeros])).toEqual([]);
  });

  it('says nothing where normalisation stands between', () => {
    expect(adviceFor(['dense', { units: 3 }], ['batchNormalization'], ['activation', { function: 'relu' }])).toEqual(
      [],
    );
  });
});

it('warns of a memory over shuffled samples', () => {
  const said = (stateful: boolean, shuffle: boolean) => {
    const document = chain([3, 1], ['lstm', { stateful }]);
    const given = { ...document, training: { ...document.training, shuffle } };
    return orderAdvice('n1', given, inferDocument(given, undefined)).map(({ param, suggestion }) => [
      param,
      suggestion,
    ]);
  };
  expect(said(true, true)).toEqual([['stateful', false]]);
  expect([said(true, false), said(false, true)]).toEqual([[], []]);
});
