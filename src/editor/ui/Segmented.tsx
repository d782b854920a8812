import { RadioGroup } from 'radix-ui';

interface Props<V extends string> {
  label: string;
  value: NoInfer<V>;
  options: readonly { value: V; label: string }[];
  disabled?: boolean;
  onValueChange(value: NoInfer<V>): void;
}

/** One of a few, all of them in sight. */
export function Segmented<V extends string>({ label, value, options, disabled = false, onValueChange }: Props<V>) {
  const choose = (chosen: string) => {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option) onValueChange(option.value);
  };
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      disabled={disabled}
      onValueChange={choose}
      className="inline-flex w-fit rounded-md border border-line bg-sunken p-px"
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="h-6 rounded-[5px] border border-transparent px-(--segment,10px) text-xs whitespace-nowrap text-muted outline-accent hover:text-fg focus-visible:outline-2 disabled:opacity-50 aria-checked:border-line aria-checked:bg-raised aria-checked:text-fg"
        >
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
