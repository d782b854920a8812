import { ChevronDown, Copy, FileInput, FilePlus, FolderOpen, LayoutGrid, Pencil } from 'lucide-react';
import { renameDocument } from '@/document';
import { nameOfKeys, runCommand } from '@/editor/commands';
import { Kbd, Menu, MenuItem, MenuSeparator, Tooltip } from '@/editor/ui';
import { useSaving } from '@/state/autosave';
import { useNetwork } from '@/state/network';
import { endRenaming, useDialogs } from './dialogs';

/** The network's name, and what can be done with networks as a whole. */
export function NameMenu() {
  const name = useNetwork((state) => state.whole.name);
  const renaming = useDialogs((state) => state.renaming);
  if (renaming) return <NameField name={name} />;
  const command = (id: string) => () => runCommand(id);
  return (
    <div className="flex min-w-0 items-center">
      <Menu
        label="Network"
        trigger={
          <button
            type="button"
            aria-label={`Network: ${name || 'Untitled'}`}
            className="flex h-7 min-w-0 items-center gap-1 rounded-md px-2 font-semibold outline-accent hover:bg-hover focus-visible:outline-2 aria-expanded:bg-hover"
          >
            <span className="max-w-60 truncate">{name || 'Untitled'}</span>
            <ChevronDown size={13} aria-hidden className="shrink-0 text-muted" />
          </button>
        }
      >
        <MenuItem title="New network" icon={<FilePlus size={14} />} onSelect={command('file.new')} />
        <MenuItem
          title="Open…"
          icon={<FolderOpen size={14} />}
          aside={<Kbd>{nameOfKeys('$mod+O')}</Kbd>}
          onSelect={command('file.open')}
        />
        <MenuItem title="Open a file…" icon={<FileInput size={14} />} onSelect={command('file.import')} />
        <MenuItem title="Gallery" icon={<LayoutGrid size={14} />} onSelect={command('gallery.open')} />
        <MenuSeparator />
        <MenuItem title="Rename" icon={<Pencil size={14} />} onSelect={command('file.rename')} />
        <MenuItem title="Duplicate" icon={<Copy size={14} />} onSelect={command('file.duplicate')} />
      </Menu>
      <SavingState />
    </div>
  );
}

const STATES = {
  saved: null,
  saving: null,
  unsaved: null,
  failed: 'Not saved',
} as const;

/** Silent while all is well. */
function SavingState() {
  const text = STATES[useSaving((state) => state.state)];
  if (text === null) return null;
  return (
    <Tooltip content="The browser cannot keep this network. Export it as a file to be safe.">
      <span className="px-1 text-xs text-danger">{text}</span>
    </Tooltip>
  );
}

function NameField({ name }: { name: string }) {
  const finish = (next: string) => {
    endRenaming();
    if (next.trim() === '') return;
    useNetwork.getState().editWhole('Rename the network', (document) => renameDocument(document, next.trim()));
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the person chose to rename it
      autoFocus
      aria-label="Name of the network"
      defaultValue={name}
      maxLength={200}
      className="h-7 w-60 min-w-0 rounded-md border border-accent bg-field px-2 font-semibold outline-none"
      onFocus={(event) => event.target.select()}
      onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key !== 'Escape') return;
        event.currentTarget.value = name;
        event.currentTarget.blur();
      }}
    />
  );
}
