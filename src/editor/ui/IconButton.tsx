import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { Tooltip } from './Tooltip';

interface Props extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** What it does: its name, and its tooltip where that says no more. */
  label: string;
  /** A longer tooltip, for instance with the key that does the same. */
  hint?: ReactNode;
  children: ReactNode;
}

/** A picture to press. Its name is said by the tooltip and to a screen reader. */
export function IconButton({ label, hint, className, children, ...props }: Props) {
  return (
    <Tooltip content={hint ?? label}>
      <button
        type="button"
        {...props}
        aria-label={label}
        className={clsx(
          'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted outline-accent hover:bg-hover hover:text-fg focus-visible:outline-2 disabled:pointer-events-none disabled:opacity-40 aria-pressed:bg-selected aria-pressed:text-accent',
          className,
        )}
      >
        {children}
      </button>
    </Tooltip>
  );
}
