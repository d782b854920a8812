import { memory, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { CONVOLUTIONS } from './convolutions';
import { type LayerCase, layerOfConfig, repeated } from './kerasLayers';
import { expectClose, IN_NODE, noiseTensor, use } from './support';

/** With what bears on the arithmetic. */
const CASES = CONVOLUTIONS.map(({ config, ...given }): LayerCase => {
  const { name, dtype, trainable, ...settings } = config;
  return { ...given, config: settings };
});

const told = ({ config }: LayerCase): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(config).filter(([name]) => !/_(initializer|regularizer|constraint)$/.test(name))),
  );

const titled = CASES.map((given) => [`${given.className} ${told(given)} on ${given.x.shape}`, given] as const);

describe.each(IN_NODE)('as in Keras, on %s', (backend) => {
  it.each(titled)('%s', async (_, given) => {
    await use(backend);
    const actual = repeated(given);
    expect(actual.count).toBe(given.names.length);
    expectClose(actual.y, given.y.data);
    // Those of the input and of the weights that are trained, and of no other: a kernel beside LoRA rests.
    expect(actual.slopes.length).toBe(given.slopes.length);
    for (const [at, slope] of given.slopes.entries()) expectClose(actual.slopes[at] ?? [], slope, 2e-5);
  });

  it('shapes are told before anything is computed, unknown sizes too', async () => {
    await use(backend);
    for (const { className, config, x, y } of CASES) {
      const layer = layerOfConfig(className, config);
      expect(layer.computeOutputShape([null, ...x.shape.slice(1)]), className).toEqual([null, ...y.shape.slice(1)]);
      const first = config.data_format === 'channels_first';
      const open = (shape: readonly number[]) =>
        shape.map((size, axis) => (axis === (first ? 1 : shape.length - 1) ? size : null));
      expect(layer.computeOutputShape(open(x.shape)), className).toEqual(open(y.shape));
    }
  });

  it('nothing is left over from a pass', async () => {
    await use(backend);
    for (const { className, config, x } of CASES) {
      const layer = layerOfConfig(className, config);
      layer.build(x.shape);
      const input = noiseTensor(x.shape);
      const before = memory().numTensors;
      (layer.call(input, {}) as Tensor).dispose();
      expect(memory().numTensors, className).toBe(before);
    }
  });
});
