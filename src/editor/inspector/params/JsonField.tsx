import type { FieldProps } from './ParamField';

/** What is kept as a file has it: to be read, not to be changed here. */
export function JsonField({ id, current, describedBy }: FieldProps) {
  return (
    <output
      id={id}
      aria-describedby={describedBy}
      className="block max-h-40 overflow-auto rounded border border-line bg-sunken px-2 py-1 font-mono text-xs break-words whitespace-pre-wrap text-muted"
    >
      {JSON.stringify(current.value, null, 1)}
    </output>
  );
}
