/** Blocks kept beside the networks: each a fragment as text, checked when it is read. */
import { z } from 'zod';
import { type Fragment, formatFragment, parseFragment } from '@/document';
import { database } from './database';

const record = z.object({
  id: z.string(),
  title: z.string(),
  /** The block and all that it needs, as the clipboard has it. */
  text: z.string(),
  updatedAt: z.number(),
});

export interface KeptBlock {
  id: string;
  title: string;
  /** One instance, and the definitions it needs. */
  fragment: Fragment;
}

export async function saveBlock({ id, title, fragment }: KeptBlock): Promise<void> {
  await (await database()).put('blocks', { id, title, text: formatFragment(fragment), updatedAt: Date.now() }, id);
}

/** All that can be read, by title; what is damaged stays where it is. */
export async function listBlocks(): Promise<KeptBlock[]> {
  const values = await (await database()).getAll('blocks');
  return values
    .flatMap((value): KeptBlock[] => {
      const read = record.safeParse(value);
      if (!read.success) return [];
      try {
        return [{ id: read.data.id, title: read.data.title, fragment: parseFragment(read.data.text) }];
      } catch {
        return [];
      }
    })
    .toSorted((a, b) => a.title.localeCompare(b.title));
}

export async function deleteBlock(id: string): Promise<void> {
  await (await database()).delete('blocks', id);
}
