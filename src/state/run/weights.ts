/** Trained weights, kept with their network in the browser. */
import { deleteWeights, loadWeights, saveWeights } from '@/state/storage';
import type { SavedWeights } from './types';

let pending: { id: string; weights: SavedWeights } | null = null;
let writing: Promise<void> | null = null;

/** Keeps the newest weights; those that came while older ones were being written replace each other. */
export function keepWeights(id: string, weights: SavedWeights): Promise<void> {
  pending = { id, weights };
  writing ??= write().finally(() => {
    writing = null;
  });
  return writing;
}

async function write(): Promise<void> {
  while (pending) {
    const { id, weights } = pending;
    pending = null;
    // A full disk must not end a training run; the weights are still in the worker.
    await saveWeights(id, weights).catch(() => undefined);
  }
}

export const readWeights = async (id: string): Promise<SavedWeights | null> => {
  try {
    const record = await loadWeights<SavedWeights>(id);
    return record ?? null;
  } catch {
    return null;
  }
};

export async function forgetWeights(id: string): Promise<void> {
  await deleteWeights(id).catch(() => undefined);
}
