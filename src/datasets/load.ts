/**
 * Loading a data set: read its file, unpack it, check it at the border, hand it on as columns.
 *
 * A file is a zlib stream of all pictures (one byte a pixel), then all labels (one byte each), the training
 * part first. Sizes are known from the catalogue, so whatever does not fit is refused with a reason.
 */
import { datasetInfo } from './catalogue';
import { DatasetError } from './errors';
import { fetchData } from './fetch';
import { type DownloadProgress, dataFile, type ReadData } from './files';
import type { Column, Dataset, DatasetInfo, FieldSpec } from './types';

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

const sampleCount = (info: DatasetInfo): number => info.samples.train + info.samples.test;

/** The number of values one sample has in a field. */
const valuesOf = (spec: FieldSpec): number => spec.shape.reduce((product, size) => product * size, 1);

const contentSize = (info: DatasetInfo): number =>
  sampleCount(info) * Object.values(info.fields).reduce((total, spec) => total + valuesOf(spec), 0);

async function unpack(info: DatasetInfo, file: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const size = contentSize(info);
  // A server may have announced the file as encoded, and the browser unpacked it.
  if (file.length === size) return file;
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
  if (content.length !== size) {
    throw new DatasetError(
      'damaged',
      `The file of ${info.title} holds ${content.length} values where ${size} are expected.`,
    );
  }
  return content;
}

/** Cuts the content into the fields, in the order of the catalogue; no value is copied. */
function columnsOf(info: DatasetInfo, content: Uint8Array): Record<string, Column> {
  const columns: Record<string, Column> = {};
  let start = 0;
  for (const [name, spec] of Object.entries(info.fields)) {
    const end = start + sampleCount(info) * valuesOf(spec);
    const data = content.subarray(start, end);
    if (spec.classes !== undefined) checkLabels(info, data, spec.classes.length);
    columns[name] = { spec, data, scale: spec.kind === 'image' ? 1 / brightest(data) : 1 };
    start = end;
  }
  return columns;
}

function checkLabels(info: DatasetInfo, labels: Uint8Array, classes: number): void {
  const wrong = labels.find((label) => label >= classes);
  if (wrong !== undefined) {
    throw new DatasetError('damaged', `The file of ${info.title} has a label ${wrong}, but only ${classes} classes.`);
  }
}

/** Pictures are stored in the levels of their source (0..16 or 0..255); the brightest one becomes 1. */
const brightest = (pixels: Uint8Array): number => pixels.reduce((most, level) => Math.max(most, level), 1);
