import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useReturnFocus } from './returnFocus';

const WIDTHS = { narrow: 'w-[420px]', medium: 'w-[600px]', wide: 'w-[860px]' } as const;

interface Props {
  open: boolean;
  onClose(): void;
  title: string;
  description?: string;
  width?: keyof typeof WIDTHS;
  /** Buttons that end it. */
  footer?: ReactNode;
  children?: ReactNode;
}

/** A question or a list over the page. Escape, the cross and a press beside it close it. */
export function Dialog({ open, onClose, title, description, width = 'medium', footer, children }: Props) {
  const focus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          {...(description === undefined && { 'aria-describedby': undefined })}
          {...focus}
          className={clsx(
            'fixed top-[10vh] left-1/2 z-50 flex max-h-[80vh] max-w-[calc(100vw-24px)] -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-line bg-panel text-[13px] text-fg shadow-xl outline-none',
            WIDTHS[width],
          )}
        >
          <header className="flex items-start gap-3 px-4 pt-3.5 pb-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-sm font-semibold">{title}</Radix.Title>
              {description === undefined ? null : (
                <Radix.Description className="mt-0.5 text-muted">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close
              aria-label="Close"
              className="-mr-1 inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted outline-accent hover:bg-hover hover:text-fg focus-visible:outline-2"
            >
              <X size={15} />
            </Radix.Close>
          </header>
          {children === undefined ? null : <div className="min-h-0 overflow-y-auto px-4 pb-4">{children}</div>}
          {footer === undefined ? null : (
            <footer className="flex justify-end gap-2 border-t border-line bg-sunken px-4 py-3">{footer}</footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
