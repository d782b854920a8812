import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';

interface Props {
  id?: string | undefined;
  /** Its name, where no label element points here. */
  label: string;
  /** Empty where nothing, or nothing on the list, is chosen. */
  value: string;
  /** Shown while nothing is chosen. */
  placeholder?: string;
  options: readonly { value: string; label: string }[];
  disabled?: boolean;
  className?: string;
  onValueChange(value: string): void;
}

/** One of a list. The browser's own list: it is at home on a phone and for the keyboard alike. */
export function Select({ id, label, value, placeholder = '', options, disabled, className, onValueChange }: Props) {
  const known = options.some((option) => option.value === value);
  return (
    <span className={clsx('relative inline-flex w-full min-w-0 items-center', className)}>
      <select
        id={id}
        aria-label={label}
        disabled={disabled}
        value={known ? value : ''}
        onChange={(event) => onValueChange(event.target.value)}
        className={clsx(
          'h-7 w-full min-w-0 appearance-none truncate rounded-md border border-line bg-field pr-6 pl-2 text-[13px] outline-offset-1 outline-accent hover:border-line-strong focus-visible:outline-2 disabled:opacity-50',
          !known && 'text-muted',
        )}
      >
        {known ? null : (
          <option value="" disabled hidden>
            {placeholder}
          </option>
        )}
        {options.map((option) => (
          <option key={option.value} value={option.value} className="bg-raised text-fg">
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown size={13} aria-hidden className="pointer-events-none absolute right-2 text-muted" />
    </span>
  );
}
