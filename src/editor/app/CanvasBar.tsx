import { ArrowDownToLine, ArrowRightToLine, Maximize, Minus, Network, Plus } from 'lucide-react';
import { nameOfKeys, runCommand, useCommands } from '@/editor/commands';
import { IconButton } from '@/editor/ui';
import { useView } from '@/state/view';

/** How the canvas is looked at, in its corner. */
export function CanvasBar() {
  const direction = useView((state) => state.direction);
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
