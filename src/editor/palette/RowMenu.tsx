import { Ellipsis } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { NodeId } from '@/document';
import { openConnect } from '@/editor/canvas/connecting/dialog';
import { deleteNodes, duplicate } from '@/editor/canvas/selected';
import { MenuItem, MenuSeparator } from '@/editor/ui';
import { layerNow, useNetwork } from '@/state/network';

interface Props {
  id: NodeId;
  name: string;
  onRename(): void;
}

/** What can be done with a node of the list. */
export function RowMenu({ id, name, onRename }: Props) {
  const [open, setOpen] = useState(false);
  // A thousand menus that nobody opens would weigh: one is made when it is first asked for.
  const [made, setMade] = useState(false);
  const trigger = (
    <button
      type="button"
      data-aside
      aria-label={`Menu of ${name}`}
      aria-haspopup="menu"
      className="shrink-0 rounded-md p-1.5 text-muted opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:text-fg focus-visible:opacity-100 aria-expanded:opacity-100"
      onClick={() => {
        setMade(true);
        setOpen(true);
      }}
    >
      <Ellipsis size={14} />
    </button>
  );
  if (!made) return trigger;
  const isLoss = layerNow(useNetwork.getState().document.graph.nodes[id]?.type ?? '')?.role === 'loss';
  return (
    <DropdownMenu.Root open={open} onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          aria-label={name}
          className="z-50 min-w-40 rounded-lg border border-line bg-raised p-1 text-[13px] text-fg shadow-lg"
        >
          <MenuItem title="Rename" onSelect={onRename} />
          {isLoss ? null : <MenuItem title="Connect to…" onSelect={() => openConnect(id)} />}
          <MenuItem title="Duplicate" onSelect={() => duplicate([id])} />
          <MenuSeparator />
          <MenuItem title="Delete" onSelect={() => deleteNodes([id])} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
