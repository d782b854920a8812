import {
  ArrowDownToLine,
  ArrowRightToLine,
  ListCollapse,
  ListTree,
  Maximize,
  Minus,
  Network,
  Plus,
} from 'lucide-react';
import { nameOfKeys, runCommand, useCommands } from '@/editor/commands';
import { IconButton } from '@/editor/ui';
import { useNetwork } from '@/state/network';
import { useView } from '@/state/view';

/** How the canvas is looked at, in its corner. */
export function CanvasBar() {
  const direction = useView((state) => state.direction);
  const blocks = useNetwork((state) => Object.keys(state.whole.blocks ?? {}).length > 0);
  const expanded = useNetwork((state) => state.expanded);
  const Turn = direction === 'down' ? ArrowRightToLine : ArrowDownToLine;
  return (
    <div
      role="toolbar"
      aria-label="View"
      className="absolute bottom-2 left-2 z-10 flex max-md:hidden rounded-lg border border-line bg-panel p-0.5"
    >
      <BarButton id="view.zoomOut" label="Zoom out">
        <Minus size={15} />
      </BarButton>
      <BarButton id="view.zoomIn" label="Zoom in">
        <Plus size={15} />
      </BarButton>
      <BarButton id="view.fit" label="Fit the view">
        <Maximize size={14} />
      </BarButton>
      <BarButton id="view.arrange" label="Arrange">
        <Network size={15} />
      </BarButton>
      {blocks ? (
        <BarButton id={expanded ? 'block.folded' : 'block.all'} label={expanded ? 'Show blocks' : 'Show all layers'}>
          {expanded ? <ListCollapse size={15} /> : <ListTree size={15} />}
        </BarButton>
      ) : null}
      <BarButton id="view.direction" label={direction === 'down' ? 'Flow to the right' : 'Flow downwards'}>
        <Turn size={15} />
      </BarButton>
    </div>
  );
}

function BarButton({ id, label, children }: { id: string; label: string; children: React.ReactNode }) {
  const keys = useCommands((state) => state.commands.get(id)?.keys[0]);
  return (
    <IconButton
      label={label}
      hint={keys === undefined ? label : `${label} (${nameOfKeys(keys)})`}
      onClick={() => runCommand(id)}
    >
      {children}
    </IconButton>
  );
}
