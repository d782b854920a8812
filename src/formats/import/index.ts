/** Networks from files of other tools: Keras 3 and Keras 2 JSON, `.keras`, TensorFlow.js's `model.json`. */
import { strFromU8, unzipSync } from 'fflate';
import { parseNative } from '../native';
import { buildDocument, type Imported } from './build';
import { ImportError } from './model';
import { looksLikeModel, parseModel } from './parse';

export type { Imported } from './build';
export { ImportError } from './model';

/** The layers of this product among others' have none of their text; a bare model has none of their weights. */
const WEIGHTS_NOTE = 'Weights in the file are not read: the network begins anew.';

/**
 * A network from a file's content, whichever tool wrote it.
 * @throws ImportError, or DocumentError for a file of this product that is broken
 */
export function importNetwork(content: string | Uint8Array): Imported {
  if (typeof content !== 'string')
    return isZip(content) ? fromKerasFile(content) : importNetwork(new TextDecoder().decode(content));
  const json = parsed(content);
  if (json !== undefined && isForeign(json)) return fromModel(json);
  return { document: parseNative(content), notes: [] };
}

function fromModel(json: unknown): Imported {
  const imported = buildDocument(parseModel(json));
  const weights = typeof json === 'object' && json !== null && 'weightsManifest' in json;
  return weights ? { ...imported, notes: [...imported.notes, WEIGHTS_NOTE] } : imported;
}

/** What has our own mark is ours, whatever else it looks like. */
const isForeign = (json: unknown): boolean =>
  typeof json === 'object' &&
  json !== null &&
  !('format' in json && json.format === 'tensorloom') &&
  (looksLikeModel(json) || 'class_name' in json);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** A config is text of a few megabytes at most; more is no config. */
const LARGEST_CONFIG = 100_000_000;

/** Keras 3's own file: a ZIP that holds the model's JSON beside its weights. */
function fromKerasFile(bytes: Uint8Array): Imported {
  let config: Uint8Array | undefined;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => name === 'config.json' && originalSize <= LARGEST_CONFIG,
    });
    config = files['config.json'];
  } catch (error) {
    throw new ImportError(`The file is a broken archive: ${error instanceof Error ? error.message : String(error)}.`);
  }
  if (!config) throw new ImportError('The archive holds no config.json, so it is no .keras file.');
  const json = parsed(strFromU8(config));
  if (json === undefined) throw new ImportError('The config.json in the archive is no JSON.');
  const imported = fromModel(json);
  return { ...imported, notes: [...imported.notes, WEIGHTS_NOTE] };
}
