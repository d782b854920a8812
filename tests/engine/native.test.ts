/** Our own WebAssembly is what its source says, and runs in memory that threads share, too, which Node's tfjs has not. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SHARED } from '@/engine/native/binary';
import { NATIVE, nativeModule } from '../../scripts/support/native.mjs';

describe('native', () => {
  it('is up to date: `npm run native`', async () => {
    expect(readFileSync(NATIVE, 'utf8')).toBe(await nativeModule());
  });

  it('multiplies in shared memory', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(SHARED, 'base64')), {
      env: { memory },
    });
    const numbers = new Float32Array(memory.buffer);
    numbers.set([1, 2, 3, 4]);
    numbers.set([5, 6, 7, 8], 4);
    (exports.multiply as (...args: number[]) => void)(0, 16, 32, 2, 2, 2, 0, 0, 0, 0, 0, 1, 64);
    expect([...numbers.subarray(8, 12)]).toEqual([19, 22, 43, 50]);
  });
});
