/** Where a data set's file lies, and what a reader of such files is. */
import type { DatasetInfo } from './types';

/**
 * The path of a data file, relative to the folder of data sets. It does not end in `.gz`: some servers
 * announce such a file as encoded, and browsers then unpack it unasked.
 */
export const dataFile = (info: DatasetInfo): string => `${info.id}/samples.z`;

/** How far a download is, in bytes. `total` is the size of the whole file. */
export interface DownloadProgress {
  loaded: number;
  total: number;
}

export interface ReadOptions {
  /** The size expected, in bytes. */
  size: number;
  onProgress?: ((progress: DownloadProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Reads a file of the folder of data sets, by its path in that folder. */
export type ReadData = (path: string, options: ReadOptions) => Promise<Uint8Array<ArrayBuffer>>;
