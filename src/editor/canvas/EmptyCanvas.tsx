import { runCommand } from '@/editor/commands';
import { Button } from '@/editor/ui';

export function EmptyCanvas() {
  return (
    <div className="pointer-events-none absolute inset-0 grid place-items-center p-6">
      <div className="pointer-events-auto flex max-w-xs flex-col items-center gap-3 text-center">
        <p className="text-sm font-medium">An empty network</p>
        <p className="text-muted">
          Add an Input from the palette, then the layers that follow it. Double-click here to search for one.
        </p>
        <Button onClick={() => runCommand('gallery.open')}>Start from the gallery</Button>
      </div>
    </div>
  );
}
