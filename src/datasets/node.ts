/** Reading data files in Node: from the project's own folder. Not part of the index, since pages must not see it. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DatasetError } from './errors';
import type { ReadData } from './files';

const FOLDER = new URL('../../public/data/', import.meta.url);

/** Give this to `loadDataset` as `read`. */
export const readDataFromDisk: ReadData = async (path, { onProgress, signal }) => {
  const file = fileURLToPath(new URL(path, FOLDER));
  const buffer = await readFile(file, signal ? { signal } : {}).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw new DatasetError('missing', `The data file ${file} cannot be read.`, { cause });
  });
  onProgress?.({ loaded: buffer.length, total: buffer.length });
  return new Uint8Array(buffer);
};
