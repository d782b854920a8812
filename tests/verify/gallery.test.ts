/** The gallery's networks in the real Keras: those it has itself give its own numbers, all others shapes and counts. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compile } from '@/compiler';
import { datasetInfo } from '@/datasets';
import { kerasJson } from '@/formats';
import { GALLERY, type GalleryEntry } from '@/gallery';

/** Networks of more weights than this take more memory and time in Keras than they prove. */
const MOST = 70_000_000;

type Row = [layer: string, output: (number | null)[], parameters: number, trainable: number];

interface Counts {
  parameters: number;
  trainable: number;
  layers: Row[];
}

/** What Keras is asked and what it should say; null where it does not know a layer. */
async function ask(entry: GalleryEntry): Promise<{ json: string; counts: Counts } | null> {
  const document = await entry.open();
  const fields = datasetInfo(entry.dataset ?? '')?.fields;
  const { model, weights } = compile(document, { fields });
  if (entry.parameters.keras > MOST || model.layers.some(({ custom }) => custom)) return null;
  const size = (of: typeof weights) => of.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const layers = model.layers.map(({ name, outputs }): Row => {
    const own = weights.filter(({ layer }) => layer === name);
    return [name, outputs[0] ?? [], size(own), size(own.filter(({ trainable }) => trainable))];
  });
  const counts = { parameters: size(weights), trainable: size(weights.filter(({ trainable }) => trainable)), layers };
  return { json: kerasJson(document, fields), counts };
}

// A run for one type of layer is not about these.
it.skipIf(process.env.LAYER)(
  'builds as said, and computes what Keras’s own do with the same weights',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tensorloom-gallery-'));
    try {
      const wanted = new Map<string, Counts>();
      for (const entry of GALLERY) {
        const asked = await ask(entry);
        if (!asked) continue;
        writeFileSync(join(folder, `${entry.id}.json`), asked.json);
        wanted.set(entry.id, asked.counts);
      }
      const python = process.env.VERIFY_PYTHON ?? 'python3';
      const run = spawnSync(python, ['tests/verify/gallery_check.py', folder], {
        encoding: 'utf8',
        timeout: 900_000,
        env: { ...process.env, KERAS_BACKEND: 'tensorflow' },
      });
      if (run.status !== 0) throw new Error(`${python} failed: ${run.stderr.slice(-4000)}`);
      const answers = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as Record<
        string,
        Counts & { distance?: number }
      >;
      for (const [id, { parameters, trainable, layers }] of wanted) {
        const answer = answers[id];
        expect([answer?.parameters, answer?.trainable], id).toEqual([parameters, trainable]);
        const byName = (a: Row, b: Row): number => (a[0] < b[0] ? -1 : 1);
        expect(answer?.layers.toSorted(byName), id).toEqual(layers.toSorted(byName));
      }
      const distances = Object.entries(answers).filter(([, { distance }]) => distance !== undefined);
      expect(distances.length).toBeGreaterThan(9);
      expect(distances.filter(([, { distance = 1 }]) => distance > 1e-5)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  900_000,
);
