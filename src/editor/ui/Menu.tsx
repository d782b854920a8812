/** A list of things to do, opened by a button. */
import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

const ITEM =
  'flex cursor-default items-center gap-2 rounded-md px-2 py-1.5 outline-none data-disabled:opacity-50 data-highlighted:bg-hover';

interface MenuProps {
  label: string;
  trigger: ReactElement;
  align?: 'start' | 'end';
  children: ReactNode;
}

export function Menu({ label, trigger, align = 'start', children }: MenuProps) {
  return (
    // Not modal: what lies beside may be read, and pressed, while the menu is open.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-[13px] text-fg shadow-lg"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  title: string;
  /** A second line. */
  description?: string | undefined;
  icon?: ReactNode;
  aside?: ReactNode;
  disabled?: boolean;
  onSelect(): void;
}

export function MenuItem({ title, description, icon, aside, disabled = false, onSelect }: ItemProps) {
  return (
    <DropdownMenu.Item
      className={clsx(ITEM, description !== undefined && 'max-w-80')}
      disabled={disabled}
      onSelect={onSelect}
    >
      {icon === undefined ? null : <span className="shrink-0 text-muted">{icon}</span>}
      <span className="min-w-0 flex-1">
        {title}
        {description === undefined ? null : <span className="block text-xs text-muted">{description}</span>}
      </span>
      {aside === undefined ? null : <span aria-hidden>{aside}</span>}
    </DropdownMenu.Item>
  );
}

export const MenuSeparator = () => <DropdownMenu.Separator className="mx-1 my-1 h-px bg-line" />;

interface ChoiceProps<V extends string> {
  value: V;
  options: readonly { value: V; label: string; icon?: ReactNode }[];
  onValueChange(value: V): void;
}

/** Items of which one holds. */
export function MenuChoice<V extends string>({ value, options, onValueChange }: ChoiceProps<V>) {
  return (
    <DropdownMenu.RadioGroup value={value}>
      {options.map((option) => (
        <DropdownMenu.RadioItem
          key={option.value}
          value={option.value}
          className={ITEM}
          onSelect={() => onValueChange(option.value)}
        >
          {option.icon === undefined ? null : <span className="shrink-0 text-muted">{option.icon}</span>}
          <span className="flex-1">{option.label}</span>
          <DropdownMenu.ItemIndicator>
            <Check size={14} className="text-accent" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
