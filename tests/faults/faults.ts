/**
 * The known faults of TensorFlow.js as it comes. Each is tried twice: on the stock library, where it must show, and
 * with this product's corrections, where it must not. A test file is a process of its own, so the first half of it
 * runs before anything is corrected.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { findBackendFactory, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Backend, prepareBackends, startBackend } from '@/engine';
import { distance } from '../engine/support';

type Numbers = ArrayLike<number>;

export interface Fault {
  fault: string;
  /** Where stock tfjs has it. */
  backends: readonly Backend[];
  /** What is computed, by stock tfjs and, where `ours` is absent, here. */
  stock(): Promise<Numbers> | Numbers;
  /** Where this product has something of its own in that place. */
  ours?(): Promise<Numbers> | Numbers;
  wanted: Numbers;
  tolerance?: number;
}

const TOLERANCE = 2e-4;

/** How far it is from what is wanted; a reason where there is nothing to compare. */
async function missBy({ wanted }: Fault, compute: () => Promise<Numbers> | Numbers): Promise<number | string> {
  try {
    return distance(await compute(), wanted);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Backends anew: kernels are bound when a backend starts. */
function forget(): void {
  for (const name of ['wasm', 'cpu']) {
    const factory = findBackendFactory(name);
    removeBackend(name);
    registerBackend(name, factory);
  }
}

export function tryFaults(faults: readonly Fault[]): void {
  const cases = faults.flatMap((fault) => fault.backends.map((backend) => ({ ...fault, backend, of: fault })));
  const onStock = new Map<string, number | string>();
  const keyOf = ({ fault, backend }: { fault: string; backend: string }): string => `${fault} ${backend}`;

  beforeAll(async () => {
    for (const each of cases) {
      await setBackend(each.backend);
      onStock.set(keyOf(each), await missBy(each.of, each.stock));
    }
    forget();
    prepareBackends();
  }, 60_000);

  describe.each(cases)('$fault ($backend)', (each) => {
    const { tolerance = TOLERANCE } = each;

    it('shows on stock tfjs', () => {
      const missed = onStock.get(keyOf(each));
      if (typeof missed === 'number') expect(missed).toBeGreaterThan(tolerance);
      else expect(missed).toEqual(expect.any(String));
    });

    it('is mended here', async () => {
      await startBackend(each.backend);
      const missed = await missBy(each.of, each.ours ?? each.stock);
      expect(missed).toEqual(expect.any(Number));
      expect(missed).toBeLessThan(tolerance);
    });
  });
}
