/** One hyperparameter: its label, the field its declaration asks for, and the way back to the default. */
import { RotateCcw } from 'lucide-react';
import { useId } from 'react';
import type { Environment, Json } from '@/document';
import { IconButton, Tooltip } from '@/editor/ui';
import type { Field, ParamSpec } from '@/layers';
import { ChoiceField, FieldField, FlagField } from './choices';
import { JsonField } from './JsonField';
import { PairField } from './PairField';
import { PenaltyField } from './PenaltyField';
import { TextualField } from './TextualField';
import { writeText } from './text';
import { VariantField } from './VariantField';

export interface ParamValue {
  /** As the document has it; undefined stands for the default. */
  raw: Json | undefined;
  /** As the layer's rule receives it; the default where `raw` cannot be read. */
  value: unknown;
  /** Several nodes are selected and differ. */
  mixed?: boolean;
  /** What is wrong with the document's value. */
  problem?: string | undefined;
  /** As it is typed where it is computed from a block's parameters. */
  expression?: string;
}

export interface FieldProps {
  id: string;
  spec: ParamSpec;
  current: ParamValue;
  /** The id of the help text. */
  describedBy: string | undefined;
  /** What expressions may speak of; absent outside of blocks. */
  environment: Environment | undefined;
  set(value: Json): void;
}

interface Props {
  spec: ParamSpec;
  current: ParamValue;
  /** The data set's fields, for parameters that name one. */
  fields: Readonly<Record<string, Field>> | undefined;
  /** The parameters of the block around, where there are any. */
  environment?: Environment | undefined;
  set(value: Json | undefined): void;
}

export function ParamField({ spec, current, fields, environment, set }: Props) {
  const id = useId();
  const changed = current.raw !== undefined && JSON.stringify(current.raw) !== JSON.stringify(spec.default);
  const describedBy = spec.help ? `${id}-help` : undefined;
  const props: FieldProps = { id, spec, current, describedBy, environment, set };
  // The words of a choice need the room that the way back would take.
  const wide = !changed && !current.mixed && ['choice', 'variant', 'field', 'json'].includes(spec.editor.kind);
  return (
    <div className="grid grid-cols-[var(--label,104px)_minmax(0,1fr)_24px] items-start gap-x-2 py-1">
      <Tooltip content={spec.help}>
        <label htmlFor={id} className="flex min-h-7 items-center gap-1 text-[13px] leading-tight text-muted">
          <span>{spec.label}</span>
          {spec.symbol === undefined || spec.symbol === spec.label ? null : (
            <i aria-hidden className="font-serif text-fg">
              {spec.symbol}
            </i>
          )}
        </label>
      </Tooltip>
      <div className={wide ? 'col-span-2 min-w-0' : 'min-w-0'}>
        <Control {...props} fields={fields} />
        {current.expression === undefined || current.problem !== undefined ? null : (
          <p className="mt-0.5 text-xs text-muted tabular-nums">= {valueInWords(spec, current.value)}</p>
        )}
        {spec.help ? (
          <span id={`${id}-help`} className="sr-only">
            {spec.help}
          </span>
        ) : null}
      </div>
      {changed || current.mixed ? (
        <IconButton label={`Reset ${spec.label}`} onClick={() => set(undefined)}>
          <RotateCcw size={13} />
        </IconButton>
      ) : wide ? null : (
        <span />
      )}
    </div>
  );
}

/** What an expression comes to, as the field would show it. */
function valueInWords(spec: ParamSpec, value: unknown): string {
  if (spec.editor.kind === 'choice') {
    return spec.editor.options.find((option) => option.value === value)?.label ?? String(value);
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return writeText(spec.editor, value) || JSON.stringify(value);
}

function Control({ fields, ...props }: FieldProps & { fields: Props['fields'] }) {
  switch (props.spec.editor.kind) {
    case 'flag':
      return props.current.expression === undefined ? <FlagField {...props} /> : <TextualField {...props} />;
    case 'choice':
      return <ChoiceField {...props} options={props.spec.editor.options} />;
    case 'field':
      return <FieldField {...props} fields={fields} />;
    case 'sizes':
      return props.spec.editor.axes === 2 ? <PairField {...props} /> : <TextualField {...props} />;
    case 'variant':
      return <VariantField {...props} variants={props.spec.editor.variants} optional={props.spec.editor.optional} />;
    case 'json':
      return <JsonField {...props} />;
    case 'penalty':
      return <PenaltyField {...props} />;
    default:
      return <TextualField {...props} />;
  }
}
