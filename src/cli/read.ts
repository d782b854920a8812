/** Networks by path, in any format that can be opened, or by `gallery:NAME`. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { NetworkDocument } from '@/document';
import { importNetwork } from '@/formats/import';
import { GALLERY, galleryEntry } from '@/gallery';

/** Why a file cannot be read: the message is for the person, the exit code is 2. */
export class UnreadableError extends Error {
  override name = 'UnreadableError';
}

/** npm runs scripts from the project's folder; paths mean the place the person stands. */
const standingIn = (): string => process.env.INIT_CWD ?? process.cwd();

/** @throws UnreadableError */
export async function readNetwork(file: string): Promise<NetworkDocument> {
  if (file.startsWith('gallery:')) {
    const entry = galleryEntry(file.slice('gallery:'.length));
    if (entry) return entry.document;
    throw new UnreadableError(`${file}: the gallery has ${GALLERY.map(({ id }) => `gallery:${id}`).join(', ')}.`);
  }
  let content: Uint8Array;
  try {
    content = await readFile(resolve(standingIn(), file));
  } catch (error) {
    throw new UnreadableError(`${file}: ${readFailure(error)}`);
  }
  try {
    return importNetwork(content).document;
  } catch (error) {
    throw new UnreadableError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'EISDIR') return 'this is a folder.';
  if (code === 'EACCES') return 'it may not be read.';
  return error instanceof Error ? error.message : String(error);
}
