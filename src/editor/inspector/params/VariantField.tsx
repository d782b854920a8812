import type { Json } from '@/document';
import { Select } from '@/editor/ui';
import { settingsOf, typeOf, type Variant, type Variants } from '@/layers';
import { DraftInput } from './DraftInput';
import type { FieldProps } from './ParamField';

const NONE = 'none';

/** One of several ways, with the chosen one's settings below it. */
export function VariantField({
  id,
  spec,
  current,
  describedBy,
  set,
  variants,
  optional,
}: FieldProps & { variants: Variants; optional: boolean }) {
  const value = current.value as Variant | null;
  const options = Object.entries(variants).map(([name, { title }]) => ({ value: name, label: title }));
  const shown = current.mixed || current.problem !== undefined ? '' : value === null ? NONE : typeOf(value);
  const settings = value === null || shown === '' ? {} : settingsOf(variants, value);
  const change = (name: string, setting: number | string): string | null => {
    const next = { ...settings, type: shown, [name]: setting } as Json;
    const read = spec.read(next);
    if ('error' in read) return read.error;
    set(read.value as Json);
    return null;
  };
  return (
    <div className="flex flex-col gap-1">
      <Select
        id={id}
        label={spec.label}
        value={shown}
        placeholder={current.mixed ? 'different values' : 'unknown'}
        options={optional ? [{ value: NONE, label: 'None' }, ...options] : options}
        onValueChange={(name) => set(name === NONE ? null : name)}
      />
      {current.problem === undefined ? null : <p className="text-xs text-danger">{current.problem}</p>}
      {Object.entries(settings).map(([name, setting]) => {
        const facts = variants[shown]?.settings?.[name];
        if (!facts) return null;
        return (
          <div key={name} className="flex items-start gap-2">
            <span aria-hidden className="flex h-7 w-24 shrink-0 items-center text-xs text-muted">
              {facts.label}
            </span>
            {'options' in facts ? (
              <Select
                id={`${id}-${name}`}
                label={`${spec.label}, ${facts.label}`}
                value={String(setting)}
                options={facts.options.map((option) => ({ value: option, label: option.replaceAll('_', ' ') }))}
                onValueChange={(chosen) => void change(name, chosen)}
              />
            ) : (
              <DraftInput
                id={`${id}-${name}`}
                label={`${spec.label}, ${facts.label}`}
                text={String(setting)}
                inputMode="decimal"
                describedBy={describedBy}
                commit={(text) => {
                  const number = Number(text.replace('−', '-'));
                  return text.trim() === '' || !Number.isFinite(number)
                    ? `${facts.label} must be a number.`
                    : change(name, number);
                }}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}
