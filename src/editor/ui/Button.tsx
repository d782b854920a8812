import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

const VARIANTS = {
  plain: 'border-line bg-raised hover:bg-hover',
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent/90',
  danger: 'border-danger/50 bg-raised text-danger hover:bg-hover',
} as const;

const SIZES = { small: 'h-6 px-2 text-xs', medium: 'h-7 px-3' } as const;

interface Props extends ComponentProps<'button'> {
  variant?: keyof typeof VARIANTS;
  size?: keyof typeof SIZES;
}

export function Button({ variant = 'plain', size = 'medium', className, ...props }: Props) {
  return (
    <button
      type="button"
      {...props}
      className={clsx(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap outline-offset-2 outline-accent focus-visible:outline-2 disabled:opacity-50',
        VARIANTS[variant],
        SIZES[size],
        className,
      )}
    />
  );
}
