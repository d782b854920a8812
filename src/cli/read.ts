/** Networks by path, in any format that can be opened, or by `gallery:NAME`. */
import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { NetworkDocument } from '@/document';
import { type Imported, importFile } from '@/formats/import';
import { openFromGallery, UnknownNetworkError } from '@/gallery';

/** Why a file cannot be read: the message is for the person, the exit code is 2. */
export class UnreadableError extends Error {
  override name = 'UnreadableError';
}

/** npm runs scripts from the project's folder; paths mean the place the person stands. */
export const fromHere = (file: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), file);

const GALLERY = 'gallery:';

/** @throws UnreadableError */
export async function readNetwork(file: string): Promise<Imported> {
  if (file.startsWith(GALLERY)) return { document: await readGallery(file.slice(GALLERY.length)), notes: [] };
  let handle: FileHandle | undefined;
  try {
    handle = await open(fromHere(file));
    return await importFile({ size: (await handle.stat()).size, read: (from, to) => bytesOf(handle, from, to) });
  } catch (error) {
    throw new UnreadableError(`${file}: ${readFailure(error)}`);
  } finally {
    await handle?.close();
  }
}

async function readGallery(name: string): Promise<NetworkDocument> {
  try {
    return await openFromGallery(name);
  } catch (error) {
    throw error instanceof UnknownNetworkError ? new UnreadableError(error.message) : error;
  }
}

async function bytesOf(handle: FileHandle | undefined, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, to - from));
  const read = await handle?.read(bytes, 0, bytes.length, from);
  return bytes.subarray(0, read?.bytesRead ?? 0);
}

function readFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'EISDIR') return 'this is a folder.';
  if (code === 'EACCES') return 'it may not be read.';
  return error instanceof Error ? error.message : String(error);
}
