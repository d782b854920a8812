import { Layers, SlidersHorizontal } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Inspector } from '@/editor/inspector';
import { Palette } from '@/editor/palette';
import { Button } from '@/editor/ui';
import { useView } from '@/state/view';
import { DOCK_LINE, Dock } from './Dock';
import { Work } from './Work';

/** On a phone: the canvas, with the rest in drawers over it. */
export function NarrowShell() {
  const dock = useView((state) => state.dockOpen);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="relative min-h-0 flex-1">
        <Work />
        <div className="absolute right-2 bottom-6 z-10 flex gap-1.5">
          <Drawer title="Layers" side="left" icon={<Layers size={14} aria-hidden />}>
            <Palette />
          </Drawer>
          <Drawer title="Details" side="right" icon={<SlidersHorizontal size={14} aria-hidden />}>
            <Inspector />
          </Drawer>
        </div>
      </div>
      <div className="shrink-0" style={{ height: dock ? '60%' : DOCK_LINE }}>
        <Dock />
      </div>
    </div>
  );
}

interface DrawerProps {
  title: string;
  side: 'left' | 'right';
  icon: ReactNode;
  children: ReactNode;
}

function Drawer({ title, side, icon, children }: DrawerProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button>
          {icon} {title}
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-black/40" />
        <Dialog.Content
          aria-describedby={undefined}
          className={`fixed inset-y-0 z-40 w-[min(320px,85vw)] border-line bg-panel text-[13px] text-fg outline-none ${side === 'left' ? 'left-0 border-r' : 'right-0 border-l'}`}
        >
          <Dialog.Title className="sr-only">{title}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
