import { useEffect, useRef } from 'react';
import { Group, Panel, type PanelImperativeHandle, Separator } from 'react-resizable-panels';
import { Inspector } from '@/editor/inspector';
import { Palette } from '@/editor/palette';
import { useView } from '@/state/view';
import { DOCK_LINE, Dock } from './Dock';
import { rememberSize, sizeOf } from './sizes';
import { Work } from './Work';

/**
 * A hairline with a wider strip to grip; while it is gripped the strip covers the page, so that the pointer keeps its
 * form. The library would write a cursor for every element there is: with hundreds of cards that takes 100 ms whenever
 * the pointer crosses a line.
 */
const LINE =
  'relative outline-accent hover:bg-accent focus-visible:outline-2 data-[separator=active]:bg-accent ' +
  'after:absolute after:z-10 data-[separator=active]:after:fixed data-[separator=active]:after:inset-0';
const BETWEEN_COLUMNS = `${LINE} w-px bg-line cursor-ew-resize after:inset-y-0 after:-inset-x-1`;
const BETWEEN_ROWS = `${LINE} h-px bg-transparent cursor-ns-resize after:inset-x-0 after:-inset-y-1`;

/** Palette, canvas and inspector side by side, the dock below. */
export function WideShell() {
  const dock = useDock();
  return (
    <Group orientation="vertical" disableCursor className="min-h-0 flex-1">
      <Panel id="work" minSize={160}>
        <Columns />
      </Panel>
      <Separator className={BETWEEN_ROWS} aria-label="Height of the panel" />
      <Panel
        id="dock"
        panelRef={dock.ref}
        collapsible
        collapsedSize={DOCK_LINE}
        minSize={150}
        defaultSize={useView.getState().dockOpen ? sizeOf('dock') : DOCK_LINE}
        groupResizeBehavior="preserve-pixel-size"
        onResize={dock.onResize}
      >
        <Dock />
      </Panel>
    </Group>
  );
}

/** The dock's panel follows the view, and the view follows what is done to the panel by hand. */
function useDock() {
  const ref = useRef<PanelImperativeHandle>(null);
  const open = useView((state) => state.dockOpen);
  useEffect(() => {
    const panel = ref.current;
    if (!panel || panel.isCollapsed() !== open) return;
    if (open) panel.resize(sizeOf('dock'));
    else panel.collapse();
  }, [open]);
  const onResize = ({ inPixels }: { inPixels: number }) => {
    const nowOpen = inPixels > DOCK_LINE + 1;
    const { dockOpen, dockTab, openDock, closeDock } = useView.getState();
    if (nowOpen) rememberSize('dock', inPixels);
    if (nowOpen === dockOpen) return;
    if (nowOpen) openDock(dockTab);
    else closeDock();
  };
  return { ref, onResize };
}

function Columns() {
  const palette = useView((state) => state.paletteOpen);
  const inspector = useView((state) => state.inspectorOpen);
  return (
    <Group orientation="horizontal" disableCursor className="h-full">
      {palette ? (
        <>
          <Panel
            id="palette"
            minSize={150}
            maxSize={360}
            defaultSize={sizeOf('palette')}
            groupResizeBehavior="preserve-pixel-size"
            onResize={({ inPixels }) => rememberSize('palette', inPixels)}
          >
            <aside aria-label="Layers" className="h-full bg-panel" data-canvas-keys>
              <Palette />
            </aside>
          </Panel>
          <Separator className={BETWEEN_COLUMNS} aria-label="Width of the layers" />
        </>
      ) : null}
      <Panel id="canvas" minSize={240}>
        <Work />
      </Panel>
      {inspector ? (
        <>
          <Separator className={BETWEEN_COLUMNS} aria-label="Width of the inspector" />
          <Panel
            id="inspector"
            minSize={240}
            maxSize={520}
            defaultSize={sizeOf('inspector')}
            groupResizeBehavior="preserve-pixel-size"
            onResize={({ inPixels }) => rememberSize('inspector', inPixels)}
          >
            <div className="h-full bg-panel">
              <Inspector />
            </div>
          </Panel>
        </>
      ) : null}
    </Group>
  );
}
