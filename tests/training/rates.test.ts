import { describe, expect, it } from 'vitest';
import { optimizerSchema, type Training } from '@/document';
import { tensorsHeld } from '@/engine';
import { RATES, RateCurve } from '@/training/rateCurve';
import { network, pictures, recorded, sgd, statuses, told } from './support';

/** A sweep over rates whose loss is given by the power of ten, from 10^−6 up. */
function curveOf(loss: (power: number) => number): RateCurve {
  const curve = new RateCurve();
  for (let decades = 0; decades <= 7; decades += 0.07) if (!curve.add(decades, loss(decades - 6))) break;
  return curve;
}

describe('what a sweep says', () => {
  // Falls around 10^−3, lies low, and grows without bound from 1 on.
  const usual = (power: number) => 2.3 - 2 / (1 + Math.exp(-4 * (power + 3))) + (power > 0 ? Math.exp(8 * power) : 0);

  it('suggests where the loss falls most steeply, and ends where it leaves all measure', () => {
    const { suggestion, diverged, points } = curveOf(usual).sweep;
    expect(Math.abs(Math.log10(suggestion ?? 0) + 3)).toBeLessThan(0.15);
    expect(diverged).toBeGreaterThan(1);
    expect(diverged).toBeLessThan(3);
    expect(points.at(-1)?.rate).toBeLessThan(diverged ?? 0);
  });

  it('is not led astray by noise', () => {
    let at = 0;
    const { suggestion } = curveOf((power) => {
      at += 1;
      return usual(power) + Math.sin(at * 12.9898) * 0.3;
    }).sweep;
    expect(Math.abs(Math.log10(suggestion ?? 0) + 3)).toBeLessThan(0.6);
  });

  it('holds for losses below zero', () => {
    const { suggestion, points } = curveOf((power) => -0.2 - 0.7 / (1 + Math.exp(-4 * (power + 2)))).sweep;
    expect(Math.abs(Math.log10(suggestion ?? 0) + 2)).toBeLessThan(0.15);
    expect(points.length).toBeGreaterThan(95);
  });

  it('suggests nothing where nothing falls', () => {
    expect(curveOf(() => 2.3).sweep.suggestion).toBeNull();
    expect(curveOf((power) => 8 + power).sweep.suggestion).toBeNull();
  });

  it('ends at a loss that is no number', () => {
    const { points, diverged } = curveOf((power) => (power > -2 ? Number.NaN : 1)).sweep;
    expect(points.every(({ loss }) => loss === 1)).toBe(true);
    expect(diverged).toBeGreaterThan(0.009);
  });
});

describe('a search', () => {
  const document = network({ phases: sgd(0.01) });

  it('finds a rate that trains, tells how it goes, and keeps nothing', async () => {
    const { session, events } = recorded({ dataset: pictures(400, 40) });
    await session.start({ document: network({ epochs: 1 }), backend: 'wasm' });
    const before = tensorsHeld().tensors;
    const { suggestion, diverged } = await session.findRate({ document, phase: 0, backend: 'wasm' });
    expect(tensorsHeld().tensors).toBe(before);
    expect(told(events, 'sweep').length).toBeGreaterThan(0);
    expect(statuses(events)).toEqual(['preparing', 'training', 'finished']);
    expect(suggestion).toBeGreaterThan(1e-4);
    await session.start({ document: network({ epochs: 3, phases: sgd(suggestion ?? 0) }), backend: 'wasm' });
    expect(told(events, 'epoch').at(-1)?.result.validationAccuracy).toBeGreaterThan(0.8);
    if (diverged !== null) expect(diverged).toBeGreaterThan(suggestion ?? 0);
    session.dispose();
  });

  it('leaves weights, what can be asked and what is gone on with as they were', async () => {
    const { session, events } = recorded();
    await session.start({ document, backend: 'wasm' });
    const [weights, asked] = [await session.weights(), new Float32Array(16).fill(0.5)];
    const answer = await session.predict(asked);
    const kept = structuredClone(weights);
    await session.findRate({ document, phase: 0, backend: 'cpu', weights });
    expect(weights).toEqual(kept);
    expect(await session.weights()).toEqual(kept);
    expect(await session.predict(asked)).toEqual(answer);
    expect(told(events, 'failure')).toEqual([]);
    session.dispose();
  });

  it('begins with the weights it is given: trained ones have a lower loss', async () => {
    const trained = network({ epochs: 20 });
    const { session } = recorded();
    await session.start({ document: trained, backend: 'wasm' });
    const weights = await session.weights();
    const first = async (given?: typeof weights) =>
      (await session.findRate({ document, phase: 0, backend: 'wasm', ...(given && { weights: given }) })).points[0];
    expect((await first(weights))?.loss).toBeLessThan(((await first())?.loss ?? 0) / 2);
    session.dispose();
  });

  it('gives each rate to a whole update where gradients are gathered', async () => {
    const phases: Training['phases'] = [
      { minimise: 'all', train: 'all', optimizer: optimizerSchema.parse({ type: 'adam', accumulate: 3 }) },
    ];
    const { session } = recorded();
    const { points } = await session.findRate({ document: network({ phases }), phase: 0, backend: 'wasm' });
    expect(points.length).toBeLessThanOrEqual(RATES);
    expect(points.length).toBeGreaterThan(RATES / 2);
    session.dispose();
  });

  it('is ended by a run, which is as it would have been', async () => {
    const { session, events } = recorded();
    await session.start({ document, backend: 'wasm' });
    const search = session.findRate({ document, phase: 0, backend: 'wasm' });
    await expect.poll(() => told(events, 'sweep').length, { interval: 1 }).toBeGreaterThan(0);
    await session.start({ document, backend: 'wasm' });
    expect((await search).points.length).toBeLessThan(RATES);
    const curve = told(events, 'epoch').map(({ result }) => result.loss);
    expect(curve.slice(3)).toEqual(curve.slice(0, 3));
    session.dispose();
  });

  it('is refused during a run, and fails in words', async () => {
    const { session } = recorded();
    const run = session.start({ document, backend: 'wasm', paused: true });
    await expect(session.findRate({ document, phase: 0, backend: 'wasm' })).rejects.toThrow('going on');
    await session.stop();
    await run;
    await expect(session.findRate({ document, phase: 3, backend: 'wasm' })).rejects.toThrow('no training phase 4');
    session.dispose();
  });
});
