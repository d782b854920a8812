import { Link2, Link2Off } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '@/editor/ui';
import { DraftInput } from './DraftInput';
import type { FieldProps } from './ParamField';
import { TextualField } from './TextualField';
import { checkText, stepped } from './text';

const sizesOf = (value: unknown): readonly [number, number] | null =>
  Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number' ? [value[0], value[1]] : null;

/** Height and width: one field while they are equal, two once they are taken apart. */
export function PairField(props: FieldProps) {
  const { id, spec, current, set } = props;
  const sizes = sizesOf(current.value);
  const differ = sizes !== null && sizes[0] !== sizes[1];
  const [apart, setApart] = useState(false);
  const split =
    (apart || differ) &&
    current.expression === undefined &&
    sizes !== null &&
    !current.mixed &&
    current.problem === undefined;
  return (
    <div className="flex items-start gap-1">
      {split ? (
        (['height', 'width'] as const).map((side, index) => (
          <DraftInput
            key={side}
            id={index === 0 ? id : `${id}-width`}
            label={`${spec.label}, ${side}`}
            text={String(sizes[index])}
            inputMode="decimal"
            commit={(text) => {
              const both: [string, string] = [String(sizes[0]), String(sizes[1])];
              both[index] = text;
              const checked = checkText(spec, text.trim() === '' ? '' : both.join('×'));
              if ('error' in checked) return checked.error;
              set(checked.value);
              return null;
            }}
            step={(direction) => {
              const next = stepped(spec.editor, [...sizes], direction);
              return Array.isArray(next) ? String(next[index]) : null;
            }}
          />
        ))
      ) : (
        <TextualField {...props} />
      )}
      <IconButton
        label={split ? `Same height and width for ${spec.label}` : `Height and width of ${spec.label} apart`}
        aria-pressed={split}
        onClick={() => {
          if (split && differ) set(sizes[0]);
          setApart(!split);
        }}
      >
        {split ? <Link2Off size={13} /> : <Link2 size={13} />}
      </IconButton>
    </div>
  );
}
