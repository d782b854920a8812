/** A text field that commits whatever is valid while it is typed, and says what is wrong with the rest. */
import { clsx } from 'clsx';
import { type InputHTMLAttributes, useState } from 'react';

interface Props
  extends Pick<InputHTMLAttributes<HTMLInputElement>, 'placeholder' | 'inputMode' | 'disabled' | 'className'> {
  id: string;
  /** The name, where no label element points here. */
  label?: string;
  /** The value as the document has it. */
  text: string;
  describedBy?: string | undefined;
  /** An error of the value in the document itself. */
  problem?: string | undefined;
  /** Null where the text was taken, else why not. */
  commit(text: string): string | null;
  /** The text after one step of the arrow keys; null where there is none. */
  step?(direction: 1 | -1): string | null;
  /** The last text that was taken, once the field is left; for what cannot follow every key. */
  leave?(text: string): void;
}

export const FIELD =
  'h-7 w-full min-w-0 rounded border border-line bg-field px-2 text-[13px] tabular-nums outline-offset-1 focus-visible:outline-2 focus-visible:outline-accent disabled:opacity-50 aria-invalid:border-danger';

export function DraftInput({
  id,
  label,
  text,
  describedBy,
  problem,
  commit,
  step,
  leave: left,
  className,
  ...input
}: Props) {
  /** What is being typed; undefined while the field shows the document. */
  const [draft, setDraft] = useState<string>();
  const [error, setError] = useState<string | null>(null);
  const said = error ?? problem ?? null;
  const type = (next: string) => {
    setDraft(next);
    setError(commit(next));
  };
  const leave = () => {
    if (draft !== undefined && draft !== text && error === null) left?.(draft);
    setDraft(undefined);
    setError(null);
  };
  return (
    <div className="min-w-0 flex-1">
      <input
        {...input}
        id={id}
        aria-label={label}
        type="text"
        autoComplete="off"
        spellCheck={false}
        value={draft ?? text}
        aria-invalid={said !== null}
        aria-describedby={clsx(describedBy, said !== null && `${id}-error`) || undefined}
        className={clsx(FIELD, className)}
        onChange={(event) => type(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && draft !== undefined) {
            event.stopPropagation();
            leave();
          }
          if (event.key === 'Enter' && error === null) leave();
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          const next = step?.(event.key === 'ArrowUp' ? 1 : -1) ?? null;
          if (next === null) return;
          event.preventDefault();
          type(next);
        }}
      />
      {said === null ? null : (
        <p id={`${id}-error`} role={error === null ? undefined : 'alert'} className="mt-1 text-xs text-danger">
          {said}
        </p>
      )}
    </div>
  );
}
