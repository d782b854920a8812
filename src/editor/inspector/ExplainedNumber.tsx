/** A number that says, on hover, focus or tap, where it comes from. */
import { clsx } from 'clsx';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { type Derivation, toText } from '@/layers';
import { Explanation } from './Explanation';
import { fullNumber } from './numbers';

interface Props {
  derivation: Derivation;
  /** What is shown in place; the full number where absent. */
  children?: ReactNode;
  unit?: string;
  /** False where many stand close together and the tab key would never get past them. */
  tabStop?: boolean;
  className?: string;
}

/** Long enough that a pointer on its way elsewhere opens nothing. */
const OPEN_AFTER = 250;
const CLOSE_AFTER = 120;

/**
 * Only the number itself is rendered until it is asked: a canvas may hold thousands of them.
 */
export function ExplainedNumber({ derivation, children, unit, tabStop = true, className }: Props) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const timer = useRef<number>(undefined);
  const id = useId();
  const soon = (next: boolean, after: number) => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOpen(next), after);
  };
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const { formula, substituted } = toText(derivation);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        tabIndex={tabStop ? 0 : -1}
        aria-describedby={open ? id : undefined}
        className={clsx(
          'nodrag cursor-help rounded-sm tabular-nums decoration-dotted underline-offset-[3px] hover:underline',
          className,
        )}
        onPointerEnter={(event) => event.pointerType === 'mouse' && soon(true, OPEN_AFTER)}
        onPointerLeave={() => soon(false, CLOSE_AFTER)}
        onFocus={() => soon(true, 0)}
        onBlur={() => soon(false, 0)}
        onClick={(event) => {
          event.stopPropagation();
          soon(true, 0);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !open) return;
          event.stopPropagation();
          soon(false, 0);
        }}
      >
        {children ?? fullNumber(derivation.result)}
      </button>
      {open && anchor.current
        ? createPortal(
            <div
              id={id}
              role="tooltip"
              aria-label={`${derivation.title}: ${formula} = ${substituted} = ${fullNumber(derivation.result)}`}
              className="fixed z-50 max-w-[min(480px,calc(100vw-16px))] rounded-md border border-line bg-raised px-3 py-2 text-fg shadow-lg"
              ref={(card) => (card && anchor.current ? place(card, anchor.current) : undefined)}
              onPointerEnter={() => soon(true, 0)}
              onPointerLeave={() => soon(false, CLOSE_AFTER)}
            >
              <div className="mb-1 text-xs text-muted">{derivation.title}</div>
              <Explanation derivation={derivation} unit={unit} />
            </div>,
            document.body,
          )
        : null}
    </>
  );
}

const MARGIN = 8;

/** Below the number, or above it where there is no room; always on the screen. Again when the typeset formula arrives. */
function place(card: HTMLElement, anchor: HTMLElement): () => void {
  const put = () => {
    const from = anchor.getBoundingClientRect();
    const size = card.getBoundingClientRect();
    const below = from.bottom + 4;
    const top = below + size.height > window.innerHeight - MARGIN ? from.top - size.height - 4 : below;
    const left = Math.min(from.left, window.innerWidth - size.width - MARGIN);
    card.style.top = `${Math.max(MARGIN, top)}px`;
    card.style.left = `${Math.max(MARGIN, left)}px`;
  };
  put();
  const observer = new ResizeObserver(put);
  observer.observe(card);
  return () => observer.disconnect();
}
