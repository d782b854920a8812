import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { LocalResponseNormalization } from '@/engine/layers/normalization/bySample';
import { WeightNormalization } from '@/engine/layers/normalization/normalisedKernels';
import { KERAS_LAYERS, type LayerCase, repeated } from './kerasLayers';
import { differentiate, expectClose, IN_NODE, noise, use } from './support';

const titled = KERAS_LAYERS.layers.map((given) => {
  const settings = Object.entries(given.config).filter(
    ([, value]) => typeof value !== 'object' || Array.isArray(value),
  );
  return [`${given.className} ${JSON.stringify(Object.fromEntries(settings))} on ${given.x.shape}`, given] as const;
});

function expectAsInKeras(given: LayerCase, actual: ReturnType<typeof repeated>): void {
  expect(actual.count).toBe(given.names.length);
  expectClose(actual.y, given.y.data, 2e-5);
  expect(actual.slopes.length).toBe(given.slopes.length);
  for (const [at, slope] of given.slopes.entries()) expectClose(actual.slopes[at] ?? [], slope, 5e-5);
  for (const [at, after] of given.after.entries()) expectClose(actual.after[at] ?? [], after, 1e-5);
}

describe.each(IN_NODE)('as in Keras, on %s', (backend) => {
  it.each(titled)('%s', async (_, given) => {
    await use(backend);
    expectAsInKeras(given, repeated(given));
  });

  it('batch normalisation passes over what is marked as padding', async () => {
    await use(backend);
    const { masked } = KERAS_LAYERS;
    const mask = tensor(masked.mask, masked.x.shape.slice(0, 2), 'bool');
    expectAsInKeras(masked, repeated(masked, { mask }));
  });

  it('local response normalisation divides by the neighbours’ strength', async () => {
    await use(backend);
    const settings = { depthRadius: 1, bias: 1.5, alpha: 0.3, beta: 0.6 };
    const shape = [2, 2, 3, 4];
    const data = noise(48, 5);
    const layer = new LocalResponseNormalization(settings);
    const { value, slope, measured } = differentiate((x) => layer.call(x as Tensor), [{ shape, data }]);
    const wanted = data.map((x, at) => {
      const channel = at % 4;
      let squares = 0;
      for (let other = Math.max(0, channel - 1); other <= Math.min(3, channel + 1); other++) {
        squares += (data[at - channel + other] ?? 0) ** 2;
      }
      return x / (1.5 + 0.3 * squares) ** 0.6;
    });
    expectClose(value, wanted);
    expectClose([slope], [measured], 1e-3);
  });
});

describe.each(IN_NODE)('weight normalisation on %s', (backend) => {
  it('is the layer with the weights g·v/‖v‖, and both learn', async () => {
    await use(backend);
    const settings = { className: 'Dense', config: { units: 3, activation: 'tanh' } };
    const shape = [2, 4];
    const [v, g, bias] = [noise(12, 1), noise(3, 2), noise(3, 3)];
    const data = noise(8, 4);
    const layer = new WeightNormalization({ layer: settings });
    layer.build(shape);
    const differentiated = differentiate(
      (x, kernel, lengths, shift) => {
        for (const [at, value] of [kernel, lengths, shift].entries()) {
          // The tape follows tensors, so they stand in the weights' place.
          const weight = layer.weights[at] as { read: () => unknown } | undefined;
          if (weight) weight.read = () => value;
        }
        return layer.call(x as Tensor, {});
      },
      [
        { shape, data },
        { shape: [4, 3], data: v },
        { shape: [3], data: g },
        { shape: [3], data: bias },
      ],
    );
    const wanted = Array.from({ length: 6 }, (_, at) => {
      const [row, unit] = [Math.floor(at / 3), at % 3];
      const column = [0, 1, 2, 3].map((input) => v[3 * input + unit] ?? 0);
      const norm = Math.hypot(...column);
      const along = column.reduce((total, value, input) => total + value * (data[4 * row + input] ?? 0), 0);
      return Math.tanh(((g[unit] ?? 0) * along) / norm + (bias[unit] ?? 0));
    });
    expectClose(differentiated.value, wanted);
    expectClose([differentiated.slope], [differentiated.measured], 2e-3);
  });
});
