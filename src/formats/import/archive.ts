/** A `.keras` file: a ZIP archive with the model's JSON, `config.json`, beside its weights, which are left where they are. */
import { strFromU8, unzipSync } from 'fflate';
import { ImportError } from './model';

/** A config is text of a few megabytes at most; more is no config. */
const LARGEST_CONFIG = 100_000_000;

const CONFIG = 'config.json';

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** @throws ImportError where the archive is broken or holds no model */
export function configOf(bytes: Uint8Array): string {
  let config: Uint8Array | undefined;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => name === CONFIG && originalSize <= LARGEST_CONFIG,
    });
    config = files[CONFIG];
  } catch (error) {
    throw new ImportError(`The file is a broken archive: ${error instanceof Error ? error.message : String(error)}.`);
  }
  if (!config) throw new ImportError('The archive holds no config.json, so it is no .keras file.');
  return strFromU8(config);
}
