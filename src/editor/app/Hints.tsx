import { useEffect, useState } from 'react';
import { Button } from '@/editor/ui';
import { useView } from '@/state/view';

const HINTS = [
  'Drag a layer from the left onto a wire, or click it: it goes after what is selected.',
  'Every number can say where it comes from: select a layer and point at its parameters.',
  'Press Train. The network learns handwritten digits in this tab; nothing leaves your machine.',
] as const;

/** Three words to a first visitor, and then never again. */
export function Hints() {
  const { hintsSeen, set } = useView.getState();
  const [at, setAt] = useState(hintsSeen ? HINTS.length : 0);
  useEffect(() => set({ hintsSeen: true }), [set]);
  const text = HINTS[at];
  if (text === undefined) return null;
  const last = at === HINTS.length - 1;
  return (
    <aside
      aria-label="Hint"
      className="absolute bottom-13 left-2 z-10 w-[min(18rem,calc(50%-6rem))] rounded-lg max-md:hidden border border-line bg-raised p-3"
    >
      <p>{text}</p>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-1.5">
        <span className="text-xs text-muted">
          {at + 1} of {HINTS.length}
        </span>
        <span className="flex gap-1.5">
          {last ? null : (
            <Button size="small" onClick={() => setAt(HINTS.length)}>
              No more
            </Button>
          )}
          <Button size="small" onClick={() => setAt(at + 1)}>
            {last ? 'Got it' : 'Next'}
          </Button>
        </span>
      </div>
    </aside>
  );
}
