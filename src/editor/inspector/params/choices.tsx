import type { Json } from '@/document';
import { Select, Switch } from '@/editor/ui';
import type { Field } from '@/layers';
import { Tex } from '../Tex';
import type { FieldProps } from './ParamField';

export function FlagField({ id, current, describedBy, set }: FieldProps) {
  return (
    <div className="flex h-7 items-center gap-2">
      <Switch
        id={id}
        aria-describedby={describedBy}
        checked={current.value === true}
        onCheckedChange={(on) => set(on)}
      />
      {current.mixed ? <span className="text-xs text-muted">different values</span> : null}
    </div>
  );
}

export function ChoiceField({
  id,
  spec,
  current,
  environment = {},
  set,
  options,
}: FieldProps & { options: readonly { value: string; label: string; tex?: string }[] }) {
  // A parameter of the block can choose, too.
  const named = Object.keys(environment).filter(
    (name) => typeof environment[name] === 'string' && !('error' in spec.read(environment[name] as Json)),
  );
  const chosen = current.mixed ? undefined : options.find(({ value }) => value === current.value);
  return (
    <>
      <Select
        id={id}
        label={spec.label}
        value={current.mixed || current.problem !== undefined ? '' : (current.expression ?? String(current.value))}
        placeholder={current.mixed ? 'different values' : String(current.raw ?? '')}
        options={[...options, ...named.map((name) => ({ value: name, label: `as ${name}` }))]}
        onValueChange={set}
      />
      <Problem text={current.problem} />
      {chosen?.tex === undefined ? null : (
        <div className="overflow-x-auto py-1 text-[12px] text-muted">
          <Tex tex={`\\displaystyle ${chosen.tex}`} text="" />
        </div>
      )}
    </>
  );
}

/** Stands for no field; no data set calls one so. */
const NO_FIELD = '\u2014';

/** Which field of the data set is read; with the one in the document even where the data set lacks it. */
export function FieldField({ fields, ...props }: FieldProps & { fields: Readonly<Record<string, Field>> | undefined }) {
  const { spec, current, set } = props;
  const optional = spec.editor.kind === 'field' && spec.editor.optional === true;
  const names = [
    ...new Set([...Object.keys(fields ?? {}), ...(current.value === null ? [] : [String(current.value)])]),
  ];
  const options = names.map((name) => ({ value: name, label: name }));
  if (!optional) return <ChoiceField {...props} options={options} />;
  return (
    <ChoiceField
      {...props}
      current={{ ...current, value: current.value ?? NO_FIELD }}
      options={[{ value: NO_FIELD, label: 'none' }, ...options]}
      set={(name) => set(name === NO_FIELD ? null : name)}
    />
  );
}

function Problem({ text }: { text: string | undefined }) {
  return text === undefined ? null : <p className="mt-1 text-xs text-danger">{text}</p>;
}
