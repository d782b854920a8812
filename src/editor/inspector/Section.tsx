import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';

/** A titled part of the inspector that folds. */
export function Section({
  title,
  aside,
  open = true,
  children,
}: {
  title: string;
  aside?: ReactNode;
  open?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  const [shown, setShown] = useState(open);
  return (
    <section aria-labelledby={id} className="border-t border-line px-3 py-2">
      <div className="flex items-center justify-between gap-2">
        <h3 id={id} className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={shown}
            onClick={() => setShown(!shown)}
            className="flex h-7 w-full items-center gap-1 text-left text-xs font-semibold text-muted hover:text-fg"
          >
            <ChevronRight size={13} aria-hidden className={shown ? 'rotate-90' : ''} />
            {title}
          </button>
        </h3>
        {aside}
      </div>
      {shown ? children : null}
    </section>
  );
}
