import { Switch as Radix } from 'radix-ui';

interface Props {
  id?: string | undefined;
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
  checked: boolean;
  disabled?: boolean;
  onCheckedChange(on: boolean): void;
}

export function Switch(props: Props) {
  return (
    <Radix.Root
      {...props}
      className="inline-flex h-4.5 w-8 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-px outline-offset-2 outline-accent focus-visible:outline-2 disabled:opacity-50 data-[state=checked]:border-transparent data-[state=checked]:bg-accent"
    >
      <Radix.Thumb className="block size-3.5 rounded-full bg-muted motion-safe:transition-transform data-[state=checked]:translate-x-3.5 data-[state=checked]:bg-on-accent" />
    </Radix.Root>
  );
}
