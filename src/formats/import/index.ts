/** Networks from files of other tools: Keras 3 and Keras 2 JSON, `.keras`, TensorFlow.js's `model.json`. */
import { parseNative } from '../native';
import { configFrom, configOf, isZip } from './archive';
import { buildDocument, type Imported } from './build';
import { checkedDepth, parsedOrNull, topologyOf } from './file';
import { ImportError, isObject, type JsonObject, type Origin } from './model';
import { parseModel } from './parse';

export type { Imported } from './build';
export { ImportError } from './model';

const WEIGHTS_NOTE = 'Weights in the file are not read: the network begins anew.';

const TRAINING_NOTE = 'The optimizer and the loss in the file are not taken over: choose them here.';

/**
 * A network from a file's content, whichever tool wrote it.
 * @throws ImportError, or DocumentError for a file of this product that is broken
 */
export function importNetwork(content: string | Uint8Array): Imported {
  if (typeof content === 'string') return fromText(content);
  if (isZip(content)) return fromConfig(configOf(content));
  if (isHdf5(content)) {
    throw new ImportError(
      'This is an HDF5 file (.h5). In Keras, save it again as .keras, or write model.to_json() to a file.',
    );
  }
  try {
    return fromText(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch (error) {
    if (error instanceof TypeError) throw new ImportError('This is no text: a network is a JSON or a .keras file.');
    throw error;
  }
}

/** A file, wherever it lies. */
export interface FileSource {
  size: number;
  /** The bytes from and to, the last not included. */
  read(from: number, to: number): Promise<Uint8Array>;
}

/** A larger text is no network, and reading it would stall the page. */
const LARGEST_TEXT = 50_000_000;

/** As `importNetwork`; of an archive with weights only what is needed is read. */
export async function importFile({ size, read }: FileSource): Promise<Imported> {
  if (isZip(await read(0, Math.min(size, 4)))) return fromConfig(await configFrom(size, read));
  if (size > LARGEST_TEXT) throw new ImportError('The file is too large for a network.');
  return importNetwork(await read(0, size));
}

/** @throws ImportError where it is no Keras or TensorFlow.js model */
export function importKeras(json: unknown): Imported {
  const checked = checkedDepth(json);
  const topology = topologyOf(checked);
  if (!topology || !isObject(checked)) {
    throw new ImportError('This is no Keras or TensorFlow.js model: it has no class name and config.');
  }
  const imported = buildDocument(parseModel(topology), originOf(checked, topology));
  const compiled = isObject(topology.compile_config) && Object.keys(topology.compile_config).length > 0;
  const notes = [
    ...imported.notes,
    ...(compiled || isObject(checked.training_config) ? [TRAINING_NOTE] : []),
    ...('weightsManifest' in checked ? [WEIGHTS_NOTE] : []),
  ];
  return { ...imported, notes };
}

function fromText(text: string): Imported {
  const json = parsedOrNull(text);
  if (isForeign(json)) return importKeras(json);
  if (json !== undefined && !isOwn(json)) throw new ImportError(NO_NETWORK);
  return { document: parseNative(text), notes: [] };
}

const NO_NETWORK =
  'This is JSON, but no network: neither Tensorloom’s own, with a “format” and a “graph”, nor a model of Keras or TensorFlow.js, with a “class_name” and a “config”.';

/** Ours, or meant to be; what is wrong with it is said by its reader. */
const isOwn = (json: unknown): boolean => isObject(json) && (json.format === 'tensorloom' || 'graph' in json);

/** The config.json of a .keras file, which holds the weights beside it. */
function fromConfig(text: string): Imported {
  const json = parsedOrNull(text);
  if (json === undefined) throw new ImportError('The config.json in the archive is no JSON.');
  const imported = importKeras(json);
  return { ...imported, notes: [...imported.notes, WEIGHTS_NOTE] };
}

/** What has our own mark is ours, whatever else it looks like. */
const isForeign = (json: unknown): boolean =>
  isObject(json) &&
  json.format !== 'tensorloom' &&
  ['class_name', 'modelTopology', 'model_config', 'config'].some((key) => key in json);

/** Keras 3 says no version, or one from 3 on. What we wrote for TensorFlow.js means our own functions. */
function originOf(file: JsonObject, topology: JsonObject): Origin {
  const dialect = isTfjs(file, topology) ? 'tfjs' : 'keras';
  const old = dialect === 'tfjs' ? file.generatedBy !== 'Tensorloom' : /^[12]\./.test(String(topology.keras_version));
  return { dialect, oldHardSigmoid: old };
}

/** Layers of ours have no registered name there. */
const isTfjs = (file: JsonObject, topology: JsonObject): boolean =>
  'modelTopology' in file || String(topology.keras_version).startsWith('tfjs');

const isHdf5 = (bytes: Uint8Array): boolean => [0x89, 0x48, 0x44, 0x46].every((byte, at) => bytes[at] === byte);
