import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, asActivation } from '@/layers/shared/activations';
import { readAs, ruled, written } from './rules';

describe('activation functions', () => {
  it('are all of Keras’s, each once', () => {
    const names = Object.values(ACTIVATIONS).map(({ keras }) => keras);
    expect(new Set(names).size).toBe(names.length);
    // keras.activations of 3.15 but `threshold`, which has no form by name: it is a layer here.
    expect(names.toSorted().join(' ')).toBe(
      'celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu linear log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign sparse_plus sparse_sigmoid sparsemax squareplus tanh tanh_shrink',
    );
  });

  it('are read under every name Keras gives them', () => {
    expect(asActivation.read('swish')).toBe('silu');
    expect(asActivation.read('hard_swish')).toBe('hardSilu');
    expect(asActivation.read(null)).toBe('linear');
    expect(asActivation.read({ class_name: 'function', config: 'log_softmax' })).toBe('logSoftmax');
    expect(asActivation.read('softsquare')).toBeUndefined();
  });

  it('keep the shape inside a layer: the one that halves it is not offered there', () => {
    expect(ruled([4], 'dense', { activation: 'glu' }).problems.join()).toMatch(/^error: Activation must be one of/);
  });
});

describe('the activation layer', () => {
  it.each([
    ['ReLU', { max_value: 6, negative_slope: 0.1, threshold: 0.5 }],
    ['LeakyReLU', { negative_slope: 0.3 }],
    ['ELU', { alpha: 0.5 }],
    ['Softmax', { axis: 1 }],
    ['Softmax', { axis: [1, 2] }],
    ['Activation', { activation: 'hard_silu' }],
    ['Activation', { activation: 'softmax' }],
    ['GLU', {}],
  ])('reads %s %o and writes it again', (className, config) => {
    const read = readAs(className, config);
    expect(read.type).toBe('activation');
    if (!('params' in read)) throw new Error(read.unsupported);
    expect(written([4, 6], 'activation', read.params)).toMatchObject({ className, config });
  });

  it('reads what only older Keras wrote, and a layer given as the activation', () => {
    expect(readAs('LeakyReLU', { alpha: 0.25 })).toMatchObject({ params: { function: 'leakyRelu', slope: 0.25 } });
    expect(readAs('ThresholdedReLU', { theta: 0.7 })).toMatchObject({ params: { threshold: 0.7 } });
    const inner = { module: 'keras.layers', class_name: 'LeakyReLU', config: { name: 'x', negative_slope: 0.05 } };
    expect(readAs('Activation', { activation: inner })).toMatchObject({ params: { slope: 0.05 } });
    expect(readAs('Activation', { activation: { class_name: 'Snake', config: { a: 1 } } })).toHaveProperty(
      'unsupported',
    );
  });

  it('a plain ReLU, and a softmax over the last axis however it is counted, need no class of their own', () => {
    expect(written([4], 'activation')).toEqual({ className: 'Activation', config: { activation: 'relu' } });
    const softmax = { className: 'Activation', config: { activation: 'softmax' } };
    expect(written([4, 6], 'activation', { function: 'softmax', axis: [2] })).toEqual(softmax);
    expect(written([4, 6], 'activation', { function: 'softmax' })).toEqual(softmax);
  });

  it('says what its values are where that is so', () => {
    expect(ruled([4, 6], 'activation', { function: 'softmax' }).known?.output?.squashed).toBe('softmax');
    expect(ruled([4, 6], 'activation', { function: 'softmax', axis: [1] }).known?.output?.squashed).toBeUndefined();
    expect(ruled([4], 'activation', { function: 'sigmoid' }).known?.output?.squashed).toBe('sigmoid');
    expect(ruled([4], 'activation', { function: 'hardSigmoid' }).known?.output?.squashed).toBeUndefined();
  });

  it('GLU halves the last axis, if it can', () => {
    expect(ruled([5, 8], 'activation', { function: 'glu' }).output).toEqual([5, 4]);
    const odd = ruled([5, 7], 'activation', { function: 'glu' });
    expect(odd.problems).toEqual(['error: GLU halves the last axis, but that of 5×7 is odd.']);
  });

  it('refuses axes there are not', () => {
    const far = ruled([4, 6], 'activation', { function: 'softmax', axis: [3] });
    expect(far.problems[0]).toMatch('There is no axis 3 in 4×6');
    expect(far.repairs).toContain('Use the last axis');
  });
});

describe('PReLU', () => {
  it('has a slope for each value, or for each channel', () => {
    expect(ruled([5, 6, 3], 'prelu')).toMatchObject({ parameters: 90, weights: ['alpha 5×6×3'] });
    expect(ruled([5, 6, 3], 'prelu', { sharedAxes: [1, 2] })).toMatchObject({
      parameters: 3,
      weights: ['alpha 1×1×3'],
    });
    expect(ruled([4], 'prelu', { sharedAxes: [1] })).toMatchObject({ parameters: 1, weights: ['alpha 1'] });
  });

  it('needs sizes it has slopes for', () => {
    const unknown = ruled([null, null, 3], 'prelu');
    expect(unknown.problems[0]).toMatch('Axis 1 of');
    expect(unknown.repairs).toContain('Share the unknown axes');
    expect(ruled([null, null, 3], 'prelu', { sharedAxes: [1, 2] }).parameters).toBe(3);
    const far = ruled([4], 'prelu', { sharedAxes: [1, 2] });
    expect(far.repairs).toContain('Share the axes there are');
  });

  it('writes no shared axes as Keras does', () => {
    expect(written([4], 'prelu').config.shared_axes).toBeNull();
    expect(readAs('PReLU', { shared_axes: [1, 2] })).toMatchObject({ params: { sharedAxes: [1, 2] } });
  });
});

it('a step warns that nothing learns through it', () => {
  const step = ruled([4], 'threshold');
  expect(step.problems).toEqual(['warning: No gradient passes a step, so nothing above it learns.']);
  expect(step.repairs).toEqual(['Pass the gradient straight through']);
  expect(ruled([4], 'threshold', { above: 'value' }).problems).toEqual([]);
});
