/** Trained weights, kept with their network in the browser. */
import { deleteWeights, loadWeights, saveWeights } from '@/state/storage';
import type { SavedWeights } from './types';

let pending: { id: string; weights: SavedWeights } | null = null;
let writing: Promise<string | null> | null = null;

/**
 * Keeps the newest weights; those that came while older ones were being written replace each other. A full disk must
 * not end a training run: the weights are still in the worker.
 * @returns why the last of them could not be kept; null where they were
 */
export function keepWeights(id: string, weights: SavedWeights): Promise<string | null> {
  pending = { id, weights };
  writing ??= write().finally(() => {
    writing = null;
  });
  return writing;
}

async function write(): Promise<string | null> {
  let refusal: string | null = null;
  while (pending) {
    const { id, weights } = pending;
    pending = null;
    try {
      await saveWeights(id, weights);
      refusal = null;
    } catch (error) {
      refusal = error instanceof Error ? error.name : String(error);
    }
  }
  return refusal;
}

export const readWeights = async (id: string): Promise<SavedWeights | null> => {
  try {
    const record = await loadWeights<SavedWeights>(id);
    return record ? upToDate(record) : null;
  } catch {
    return null;
  }
};

/** A run that an earlier version broke off has kept nothing of texts. */
function upToDate(record: SavedWeights): SavedWeights {
  const kept = record.bundle.state?.watch?.kept;
  if (!kept || !record.bundle.state?.watch) return record;
  const { probe: told } = kept;
  const probe = {
    ...told,
    sequences: told.sequences ?? [],
    task: told.task ?? null,
    samples: told.samples.map((sample) => ({ ...sample, text: sample.text ?? null })),
  };
  const state = { ...record.bundle.state, watch: { ...record.bundle.state.watch, kept: { ...kept, probe } } };
  return { ...record, bundle: { ...record.bundle, state } };
}

export async function forgetWeights(id: string): Promise<void> {
  await deleteWeights(id).catch(() => undefined);
}
