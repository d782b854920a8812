/** Whatever can be drawn is what is built: random networks over the whole catalogue, and each layer by itself. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Backend, prepareBackends, startBackend, tensorsHeld } from '@/engine';
import { catalogueNetwork, INNER, networkAround } from '../support/catalogue';
import { checkBuilt, checkTraining } from './checks';

/** What an every-day run draws, always the same; `SEED=7 NETWORKS=30000 npx vitest run …` draws others, and more. */
const NETWORKS = Number(process.env.NETWORKS ?? 3000);
const SEED = Number(process.env.SEED ?? 2026);

async function on(backend: Backend): Promise<void> {
  prepareBackends();
  await startBackend(backend);
}

describe.each(['wasm', 'cpu'] as const)('each layer on %s', (backend) => {
  beforeAll(() => on(backend));

  it.each(INNER.map(({ type }) => type))('%s is built as inferred, computes and learns', async (type) => {
    let tried = 0;
    for (let seed = 1; tried < 12 && seed < 40; seed++) {
      const document = networkAround(type, seed);
      if (!document) continue;
      tried += 1;
      await checkBuilt(document);
      await checkTraining(document);
    }
    expect(tried).toBeGreaterThan(3);
  });
});

describe('random networks', () => {
  beforeAll(() => on('wasm'));

  it(`are built as inferred, compute and learn, ${NETWORKS} of them`, { timeout: 600_000 }, async () => {
    const before = tensorsHeld().tensors;
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(catalogueNetwork, async ({ document }) => {
        for (const { type } of Object.values(document.graph.nodes)) seen.add(type);
        await checkBuilt(document);
        await checkTraining(document);
      }),
      { numRuns: NETWORKS, seed: SEED },
    );
    expect(tensorsHeld().tensors).toBe(before);
    if (NETWORKS >= 3000) expect(INNER.map(({ type }) => type).filter((type) => !seen.has(type))).toEqual([]);
  });
});
