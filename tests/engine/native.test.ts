/** Our own WebAssembly is what its source says, and computes alike in all its builds: Node's tfjs uses but one of them. */
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { ALONE, ALONE_FUSED, SHARED, SHARED_FUSED } from '@/engine/native/binary';
import { doingOf, WORKS, type WorkName } from '@/engine/native/crew/works';
import { NATIVE_CURVES } from '@/engine/native/module';
import { bitsAt } from '@/engine/random';
import { NATIVE, nativeModule } from '../../scripts/support/native.mjs';
import { expectClose, noise } from './support';

// Newer versions of Node have it, as browsers do.
setFlagsFromString('--experimental-wasm-relaxed-simd');

it('is up to date: `npm run native`', async () => {
  expect(readFileSync(NATIVE, 'utf8')).toBe(await nativeModule());
});

const ROOM = 3 << 20;

/** A build with memory of its own, whose numbers from the address 0 on are these. */
function started(binary: string, isShared: boolean, values: ArrayLike<number>) {
  const size = { initial: 64, maximum: 65_536 };
  const memory = new WebAssembly.Memory(isShared ? { ...size, shared: true } : { initial: 64 });
  const module = new WebAssembly.Module(Buffer.from(binary, 'base64'));
  const doing = doingOf(new WebAssembly.Instance(module, { env: { memory } }).exports);
  const numbers = new Float32Array(memory.buffer);
  numbers.set(values);
  const work = (name: WorkName, units: number, ...given: number[]): void =>
    doing(WORKS.indexOf(name), given, 0, units, ROOM);
  return { numbers, work };
}

/** Where results are written, as an address and as a number. */
const TO = 1 << 20;
const AT = TO / 4;

describe.each([
  ['alone', ALONE, false],
  ['alone, with relaxed SIMD', ALONE_FUSED, false],
  ['shared', SHARED, true],
  ['shared, with relaxed SIMD', SHARED_FUSED, true],
])('%s', (_, binary, isShared) => {
  it('multiplies', () => {
    const [m, k, n] = [7, 300, 11];
    const values = noise(m * k + k * n, 1);
    const { numbers, work } = started(binary, isShared, values);
    work('multiply', 2, 0, 4 * m * k, TO, m, k, n, 0, 0, 0, 0);
    const wanted = Array.from({ length: m * n }, (_, at) => {
      const [row, column] = [Math.floor(at / n), at % n];
      let sum = 0;
      for (let step = 0; step < k; step++)
        sum += (values[row * k + step] as number) * (values[m * k + step * n + column] as number);
      return sum;
    });
    expectClose(numbers.subarray(AT, AT + m * n), wanted);
  });

  const SLOPES: Readonly<Record<string, (x: number) => number>> = {
    linear: (x) => x,
    relu: (x) => Math.max(0, x),
    sigmoid: (x) => 1 / (1 + Math.exp(-x)),
    tanh: Math.tanh,
    hard_sigmoid: (x) => Math.min(1, Math.max(0, x / 6 + 0.5)),
  };
  const points = [...Array.from({ length: 401 }, (_, at) => (at - 200) / 10), 1e-4, -1e-4, 1e5, -1e5].map(Math.fround);
  /** A hard sigmoid is a difference of two numbers near its knee. */
  const least = (name: string): number => (name === 'hard_sigmoid' ? 6e-8 : 1e-37);
  for (const [code, name] of NATIVE_CURVES.entries())
    it(`knows ${name}, near zero and far from it`, () => {
      const { numbers, work } = started(binary, isShared, points);
      work('curves', 1, 0, TO, code, points.length);
      for (const [at, x] of points.entries()) {
        const [found, wanted] = [numbers[AT + at] as number, SLOPES[name]?.(x) ?? Number.NaN];
        expect(Math.abs(found - wanted)).toBeLessThanOrEqual(3e-7 * Math.abs(wanted) + least(name));
      }
    });

  it('keeps what is no number', () => {
    const { numbers, work } = started(binary, isShared, [Number.NaN, 1, 2, 3]);
    for (const code of NATIVE_CURVES.keys()) {
      work('curves', 1, 0, TO, code, 4);
      expect(numbers[AT]).toBeNaN();
    }
  });

  it('drops what the engine’s own chance drops', () => {
    const count = 1003;
    const { numbers, work } = started(binary, isShared, new Float32Array(count).fill(1));
    const [seed, threshold] = [123_456_789, 0.3 * 2 ** 24];
    work('drop', 1, 0, TO, seed, threshold, 2, count);
    const wanted = Array.from({ length: count }, (_, at) => (bitsAt(at, seed) >>> 8 >= threshold ? 2 : 0));
    expect([...numbers.subarray(AT, AT + count)]).toEqual(wanted);
  });
});
