/** Saved networks. A revision counts up at every write, so that two tabs never overwrite each other unseen. */
import { z } from 'zod';
import { DocumentError, type NetworkDocument, renameDocument } from '@/document';
import { formatNative, parseNative } from '@/formats';
import { database } from './database';

const record = z.object({
  id: z.string(),
  name: z.string(),
  /** The native JSON. */
  text: z.string(),
  updatedAt: z.number(),
  revision: z.int(),
});

export type SavedNetwork = z.infer<typeof record>;

/** Saving would overwrite what another tab has saved since. */
export class ConflictError extends Error {
  override name = 'ConflictError';
}

/**
 * Writes a network and gives its new revision.
 * @param expected the revision this tab knows; null for a network not saved yet
 * @throws ConflictError where another has been saved since
 */
export async function saveNetwork(id: string, document: NetworkDocument, expected: number | null): Promise<number> {
  const transaction = (await database()).transaction('networks', 'readwrite');
  const existing = record.safeParse(await transaction.store.get(id));
  const found = existing.success ? existing.data.revision : null;
  if (found !== null && found !== expected) {
    await transaction.done;
    throw new ConflictError('Another tab has saved this network since.');
  }
  const revision = (found ?? 0) + 1;
  const value: SavedNetwork = {
    id,
    name: document.name,
    text: formatNative(document),
    updatedAt: Date.now(),
    revision,
  };
  await transaction.store.put(value, id);
  await transaction.done;
  return revision;
}

/** @throws DocumentError where the record is broken; it is kept as it is */
export async function loadNetwork(id: string): Promise<{ document: NetworkDocument; revision: number } | null> {
  const value = await (await database()).get('networks', id);
  if (value === undefined) return null;
  const read = record.safeParse(value);
  if (!read.success) throw new DocumentError('The saved record is damaged.');
  return { document: parseNative(read.data.text), revision: read.data.revision };
}

/** All readable records, the newest first, and the ids of those that are damaged: they stay where they are. */
export async function listNetworks(): Promise<{ networks: SavedNetwork[]; damaged: string[] }> {
  const store = (await database()).transaction('networks').store;
  const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
  const networks: SavedNetwork[] = [];
  const damaged: string[] = [];
  for (const [at, value] of values.entries()) {
    const read = record.safeParse(value);
    if (read.success) networks.push(read.data);
    else damaged.push(keys[at] ?? '');
  }
  return { networks: networks.sort((a, b) => b.updatedAt - a.updatedAt), damaged };
}

/** Renames a network that is not open. */
export async function renameNetwork(id: string, name: string): Promise<void> {
  const found = await loadNetwork(id);
  if (found) await saveNetwork(id, renameDocument(found.document, name), found.revision);
}

/** Takes a network away with its weights; gives what brings both back. */
export async function deleteNetwork(id: string): Promise<() => Promise<void>> {
  const db = await database();
  const transaction = db.transaction(['networks', 'weights'], 'readwrite');
  const [networks, weights] = [transaction.objectStore('networks'), transaction.objectStore('weights')];
  const [network, trained] = await Promise.all([networks.get(id), weights.get(id)]);
  await Promise.all([networks.delete(id), weights.delete(id), transaction.done]);
  return async () => {
    if (network !== undefined) await db.put('networks', network, id);
    if (trained !== undefined) await db.put('weights', trained, id);
  };
}
