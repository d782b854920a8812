import { Copy, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { renameDocument } from '@/document';
import { IconButton } from '@/editor/ui';
import { openNew } from '@/state/autosave';
import { useNetwork } from '@/state/network';
import { deleteNetwork, loadNetwork, renameNetwork, type SavedNetwork, saveNetwork } from '@/state/storage';
import { emptyNetwork } from './networks';

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

interface Props {
  network: SavedNetwork;
  onOpen(): void;
  /** After renaming or duplicating. */
  onChanged(): void;
  onDeleted(restore: () => Promise<void>): void;
}

export function SavedRow({ network: { id, name, updatedAt }, onOpen, onChanged, onDeleted }: Props) {
  const isOpen = useNetwork((state) => state.id === id);
  const [renaming, setRenaming] = useState(false);
  /** Whatever the browser refuses is said, not thrown. */
  const attempt = (what: string, act: () => Promise<void>) => () =>
    void act().catch((error: unknown) =>
      toast.error(`${name} could not be ${what}`, {
        description: error instanceof Error ? error.message : String(error),
      }),
    );
  const rename = (next: string) => {
    setRenaming(false);
    if (next === '' || next === name) return;
    attempt('renamed', async () => {
      if (isOpen) useNetwork.getState().editWhole('Rename the network', (document) => renameDocument(document, next));
      else await renameNetwork(id, next);
      onChanged();
    })();
  };
  const duplicate = attempt('duplicated', async () => {
    const found = await loadNetwork(id);
    if (found) await saveNetwork(crypto.randomUUID(), renameDocument(found.document, `${name} (copy)`), null);
    onChanged();
  });
  const remove = attempt('deleted', async () => {
    // What is open must not be saved again under the id that goes away.
    if (isOpen) await openNew(emptyNetwork());
    onDeleted(await deleteNetwork(id));
  });
  if (renaming) return <RenameField name={name} onDone={rename} />;
  return (
    <li className="flex items-center gap-1 rounded-md px-2 py-1 hover:bg-hover">
      <button
        type="button"
        className="flex min-w-0 flex-1 items-baseline gap-3 rounded-md py-1 text-left outline-accent focus-visible:outline-2"
        onClick={onOpen}
      >
        <span className="min-w-0 truncate font-medium">{name || 'Untitled'}</span>
        <span className="shrink-0 text-xs text-muted">{isOpen ? 'open now' : WHEN.format(updatedAt)}</span>
      </button>
      <IconButton label={`Rename ${name}`} onClick={() => setRenaming(true)}>
        <Pencil size={14} />
      </IconButton>
      <IconButton label={`Duplicate ${name}`} onClick={duplicate}>
        <Copy size={14} />
      </IconButton>
      <IconButton label={`Delete ${name}`} onClick={remove}>
        <Trash2 size={14} />
      </IconButton>
    </li>
  );
}

function RenameField({ name, onDone }: { name: string; onDone(name: string): void }) {
  return (
    <li className="px-2 py-1">
      <input
        // biome-ignore lint/a11y/noAutofocus: the person chose to rename it
        autoFocus
        aria-label={`New name of ${name}`}
        defaultValue={name}
        maxLength={200}
        className="h-8 w-full rounded-md border border-accent bg-field px-2 outline-none"
        onFocus={(event) => event.target.select()}
        onBlur={(event) => onDone(event.target.value.trim())}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          event.currentTarget.value = name;
          event.currentTarget.blur();
        }}
      />
    </li>
  );
}
