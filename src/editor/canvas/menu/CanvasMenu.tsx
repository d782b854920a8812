import { ContextMenu } from 'radix-ui';
import { type MouseEvent, type ReactElement, useState } from 'react';
import { type MenuTarget, menuItems, menuLabel } from './items';

/** The menu of whatever lies under the pointer, or has the focus when the menu key is pressed. */
export function CanvasMenu({ children }: { children: ReactElement }) {
  const [target, setTarget] = useState<MenuTarget>({ kind: 'canvas', x: 0, y: 0 });
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild onContextMenuCapture={(event) => setTarget(targetOf(event))}>
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          aria-label={menuLabel(target)}
          className="z-50 min-w-44 rounded-lg border border-line bg-raised p-1 text-[13px] text-fg shadow-lg"
        >
          {menuItems(target).map(({ title, begins, danger, run }) => (
            <div key={title}>
              {begins ? <ContextMenu.Separator className="my-1 h-px bg-line" /> : null}
              <ContextMenu.Item
                className={`cursor-default rounded-md px-2 py-1.5 outline-none data-highlighted:bg-hover ${danger ? 'text-danger' : ''}`}
                onSelect={run}
              >
                {title}
              </ContextMenu.Item>
            </div>
          ))}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function targetOf(event: MouseEvent): MenuTarget {
  const element = event.target instanceof Element ? event.target : null;
  const node = element?.closest<HTMLElement>('.react-flow__node')?.dataset.id;
  if (node !== undefined) return { kind: 'node', id: node };
  const wire = element?.closest<SVGElement>('.react-flow__edge')?.dataset.id;
  if (wire !== undefined) return { kind: 'wire', key: wire };
  return { kind: 'canvas', x: event.clientX, y: event.clientY };
}
