import { describe, expect, it } from 'vitest';
import { computed, JOINING, titleOf } from './joining';
import { expectClose, IN_NODE, use } from './support';

const OWN = ['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum', 'Dot'];

const cases = JOINING.filter(({ className }) => OWN.includes(className)).map(
  (given) => [titleOf(given), given] as const,
);

it('every class has a case', () => {
  expect(new Set(cases.map(([, { className }]) => className))).toEqual(new Set(OWN));
});

describe.each(IN_NODE)('as in Keras, on %s', (backend) => {
  it.each(cases)('%s', async (_, given) => {
    await use(backend);
    const actual = computed(given);
    expect([actual.count, actual.shape, actual.foretold]).toEqual([given.weights.length, given.y.shape, given.y.shape]);
    expectClose(actual.y, given.y.data, 1e-5);
    expect(Object.keys(actual.weightSlopes).toSorted()).toEqual(Object.keys(given.weightSlopes).toSorted());
    for (const [at, slope] of given.slopes.entries()) expectClose(actual.slopes[at] ?? [], slope, 5e-5);
    for (const [name, slope] of Object.entries(given.weightSlopes)) {
      expectClose(actual.weightSlopes[name] ?? [], slope, 5e-5);
    }
  });
});
