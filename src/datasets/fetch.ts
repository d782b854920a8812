/** Reading data files in a browser: fetched beside the page, counted byte by byte, kept in the browser's cache. */
import { DatasetError } from './errors';
import type { ReadData, ReadOptions } from './files';

const CACHE_NAME = 'tensorloom-data';

/** Reads from the cache, or over the network, which fills the cache. */
export const fetchData: ReadData = async (path, options) => {
  const url = `${import.meta.env.BASE_URL}data/${path}`;
  const cache = await openCache();

  const kept = await cache?.match(url);
  if (kept !== undefined) {
    const bytes = new Uint8Array(await kept.arrayBuffer());
    if (bytes.length === options.size) {
      options.onProgress?.({ loaded: bytes.length, total: bytes.length });
      return bytes;
    }
    await cache?.delete(url);
  }

  const bytes = await download(url, options);
  // What the file of another version left behind, or a full disk, must not keep anyone from training.
  if (bytes.length === options.size) await cache?.put(url, new Response(bytes)).catch(() => {});
  return bytes;
};

/** The Cache API is there in secure contexts only, and may be forbidden. */
async function openCache(): Promise<Cache | undefined> {
  try {
    return await globalThis.caches?.open(CACHE_NAME);
  } catch {
    return undefined;
  }
}

async function download(url: string, { size, onProgress, signal }: ReadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url, signal ? { signal } : {}).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw new DatasetError('unreachable', 'The data could not be fetched. Is this computer offline?', { cause });
  });
  if (!response.ok || response.body === null) {
    throw new DatasetError('missing', `The server has no data at ${url} (status ${response.status}).`);
  }

  const chunks: Uint8Array[] = [];
  let loaded = 0;
  const reader = response.body.getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      chunks.push(step.value);
      loaded += step.value.length;
      onProgress?.({ loaded, total: Math.max(loaded, size) });
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw new DatasetError('unreachable', 'The connection broke off while the data was being fetched.', { cause });
  }

  const bytes = new Uint8Array(loaded);
  let place = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, place);
    place += chunk.length;
  }
  return bytes;
}
