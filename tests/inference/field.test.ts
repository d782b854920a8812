/** What a value of a layer sees of the input: held against looking, position by position. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Edge, Json } from '@/document';
import { inferDocument, type ReceptiveField } from '@/inference';
import { asDocument } from '../support/networks';

type Layer = [type: string, params?: Record<string, Json>];

function fieldBehind(shape: (number | null)[], ...layers: Layer[]): ReceptiveField | null | undefined {
  const nodes = Object.fromEntries(layers.map(([type, params = {}], at) => [`n${at + 1}`, { type, params }]));
  const edges = layers.map((_, at): Edge => ({ from: [`n${at}`, 'out'], to: [`n${at + 1}`, 'in'] }));
  const document = asDocument({ n0: { type: 'input', params: { shape } }, ...nodes }, edges);
  return inferDocument(document, undefined).nodes.get(`n${layers.length}`)?.receptiveField;
}

/** Of each place of a layer's output along one axis, the first and last place of the input that it sees. */
type Sight = [first: number, last: number][];

/** One axis of a layer, computed place by place; what lies in the padding counts as seen. */
interface Step {
  layer: Layer;
  look(before: Sight): Sight;
}

/** The sight at a place that may lie in the padding: as if the input went on. */
function at(before: Sight, place: number): [number, number] {
  const [first = [0, 0], second = first] = before;
  const jump = second[0] - first[0];
  return place >= 0 && place < before.length
    ? (before[place] as [number, number])
    : [first[0] + place * jump, first[1] + place * jump];
}

const window = (kernel: number, stride: number, dilation: number, padding: 'valid' | 'same'): Step['look'] => {
  const reach = dilation * (kernel - 1) + 1;
  return (before) => {
    const size = before.length;
    const count = padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - reach) / stride) + 1;
    const lead = padding === 'same' ? Math.floor(Math.max((count - 1) * stride + reach - size, 0) / 2) : 0;
    return Array.from({ length: count }, (_, place) => {
      const from = place * stride - lead;
      return [at(before, from)[0], at(before, from + reach - 1)[1]];
    });
  };
};

const padding = fc.constantFrom('valid' as const, 'same' as const);
const small = (most: number) => fc.integer({ min: 1, max: most });

const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ kernelSize: small(4), strides: small(2), padding })
    .map(
      (p): Step => ({ layer: ['conv1d', { filters: 1, ...p }], look: window(p.kernelSize, p.strides, 1, p.padding) }),
    ),
  fc
    .record({ kernelSize: small(3), dilation: small(3), padding })
    .map(
      (p): Step => ({ layer: ['conv1d', { filters: 1, ...p }], look: window(p.kernelSize, 1, p.dilation, p.padding) }),
    ),
  fc
    .record({ poolSize: small(3), padding })
    .map((p): Step => ({ layer: ['maxPooling1d', p], look: window(p.poolSize, p.poolSize, 1, p.padding) })),
  fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })).map(
    ([lead, trail]): Step => ({
      layer: ['zeroPadding1d', { padding: [lead, trail] }],
      look: (before) => Array.from({ length: before.length + lead + trail }, (_, place) => at(before, place - lead)),
    }),
  ),
  fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })).map(
    ([lead, trail]): Step => ({
      layer: ['cropping1d', { cropping: [lead, trail] }],
      look: (before) => before.slice(lead, before.length - trail),
    }),
  ),
);

describe('what a value sees', () => {
  it('is as looking shows: its size, the stride from one to the next, and where the first begins', () => {
    const LENGTH = 120;
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        let sight: Sight = Array.from({ length: LENGTH }, (_, place) => [place, place]);
        for (const { look } of steps) sight = look(sight);
        fc.pre(sight.length > 1);
        const [first = [0, 0], second = first] = sight;
        const field = fieldBehind([LENGTH, 2], ...steps.map(({ layer }) => layer));
        expect(field).toMatchObject({
          size: [Math.min(first[1] - first[0] + 1, LENGTH)],
          jump: [second[0] - first[0]],
          start: [first[0]],
        });
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  // Araujo, Norris & Sim 2019 for the slim networks; a convolution of stride s beside a pooling here.
  it('is what the published tables say of VGG-16', () => {
    const convolutions = (count: number): Layer[] =>
      Array.from({ length: count }, () => ['conv2d', { kernelSize: 3, padding: 'same', filters: 1 }]);
    const pool: Layer = ['maxPooling2d', {}];
    const features = [2, 2, 3, 3, 3].flatMap((count) => [...convolutions(count), pool]);
    expect(fieldBehind([640, 640, 3], ...features)).toMatchObject({
      size: [212, 212],
      jump: [32, 32],
      start: [-90, -90],
    });
  });

  it.each<[what: string, layer: Layer, told: object | null]>([
    ['pooling to parts', ['adaptiveAveragePooling2d', { outputSize: [2, 3] }], { size: [4, 3], jump: [3.5, 3] }],
    ['pooling to one part', ['adaptiveMaxPooling2d', { outputSize: 1 }], { size: [7, 9] }],
    ['repeating values', ['upSampling2d', { size: 2 }], { size: [1, 1], jump: [0.5, 0.5], start: [0, 0] }],
    ['values put between others', ['upSampling2d', { size: 2, interpolation: 'bilinear' }], { size: [2, 2] }],
    ['bringing to a size', ['resizing', { height: 14, width: 3 }], { size: [2, 2], jump: [0.5, 3], start: [-1, 1] }],
    ['cutting the middle out', ['centerCrop', { height: 3, width: 3 }], { size: [1, 1], start: [2, 3] }],
    ['taking a part along the width', ['slice', { axis: 2, start: 4 }], { size: [1, 1], start: [0, 4] }],
    ['the mean over all places', ['mean', { axes: [1, 2] }], { size: [7, 9] }],
    ['the mean over the channels', ['mean', { axes: [-1] }], { size: [1, 1] }],
    ['the mean over the rows', ['mean', { axes: [1] }], null],
    ['other axes', ['reshape', { targetShape: [9, 7, 4] }], null],
    ['one row', ['flatten'], { size: [1, 1] }],
  ])('is right behind %s', (_, layer, told) => {
    const field = fieldBehind([7, 9, 4], layer);
    if (told) expect(field).toMatchObject(told);
    else expect(field).toBeNull();
  });

  it('does not know where it begins where that follows from a size that is not known', () => {
    const strided: Layer = ['conv2d', { kernelSize: 3, strides: 2, padding: 'same' }];
    expect(fieldBehind([null, null, 3], ['conv2d', { kernelSize: 3, padding: 'same' }])?.start).toEqual([-1, -1]);
    expect(fieldBehind([null, null, 3], strided)?.start).toEqual([null, null]);
    expect(fieldBehind([null, null, 3], strided, ['globalAveragePooling2d', { keepdims: true }])?.start).toEqual([
      0, 0,
    ]);
  });
});
