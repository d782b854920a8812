/**
 * Loading a data set: read its file, unpack it, check it at the border, hand it on as columns.
 *
 * A file is a zlib stream; what is in it, `columns` says. Sizes are known from the catalogue, so whatever does not fit
 * is refused with a reason.
 */
import { datasetInfo } from './catalogue';
import { columnsOf, fieldBytes, listedInFile, sampleCount } from './columns';
import { DatasetError } from './errors';
import { fetchData } from './fetch';
import { type DownloadProgress, dataFile, type ReadData } from './files';
import type { Dataset, DatasetInfo } from './types';

export interface LoadOptions {
  /** Where files come from. Default: fetched beside the page and cached. */
  read?: ReadData;
  onProgress?: (progress: DownloadProgress) => void;
  signal?: AbortSignal;
}

/** Loads a data set of the catalogue. Fails with a `DatasetError`, or with the signal's reason when aborted. */
export async function loadDataset(id: string, options: LoadOptions = {}): Promise<Dataset> {
  const { read = fetchData, onProgress, signal } = options;
  const info = datasetInfo(id);
  if (info === undefined) throw new DatasetError('unknown', `There is no data set called “${id}”.`);

  const file = await read(dataFile(info), { size: info.bytes, onProgress, signal });
  signal?.throwIfAborted();
  const content = await unpack(info, file);
  signal?.throwIfAborted();
  return { info, size: sampleCount(info), columns: columnsOf(info, content) };
}

/** Whether a content is as long as the fields, and as the words behind them, which only the file knows. */
const isWhole = (info: DatasetInfo, content: Uint8Array): boolean =>
  listedInFile(info).length > 0 ? content.length > fieldBytes(info) : content.length === fieldBytes(info);

async function unpack(info: DatasetInfo, file: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  // A server may have announced the file as encoded, and the browser unpacked it.
  if (file.length !== info.bytes && isWhole(info, file)) return file;
  if (file.length !== info.bytes) {
    throw new DatasetError(
      'damaged',
      `The file of ${info.title} is incomplete or not the right one: ${file.length} bytes instead of ${info.bytes}.`,
    );
  }

  let content: Uint8Array;
  try {
    const unpacked = new Blob([file]).stream().pipeThrough(new DecompressionStream('deflate'));
    content = new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch (cause) {
    throw new DatasetError('damaged', `The file of ${info.title} is damaged and cannot be unpacked.`, { cause });
  }
  if (!isWhole(info, content)) {
    throw new DatasetError(
      'damaged',
      `The file of ${info.title} holds ${content.length} bytes where ${fieldBytes(info)} are expected.`,
    );
  }
  return content;
}
