import { DraftInput } from './DraftInput';
import type { FieldProps } from './ParamField';
import { checkText, stepped, writeText } from './text';

/** Whole numbers, numbers and shapes. */
export function TextualField({ id, spec, current, describedBy, set }: FieldProps) {
  const isShape = spec.editor.kind === 'shape';
  const fallback = writeText(spec.editor, spec.default) || (spec.empty ?? (isShape ? 'as the data set' : ''));
  return (
    <DraftInput
      id={id}
      text={current.mixed ? '' : writeText(spec.editor, current.problem === undefined ? current.value : current.raw)}
      placeholder={current.mixed ? 'different values' : fallback}
      inputMode={isShape ? 'text' : 'decimal'}
      describedBy={describedBy}
      problem={current.problem}
      commit={(text) => {
        const checked = checkText(spec, text);
        if ('error' in checked) return checked.error;
        set(checked.value);
        return null;
      }}
      step={(direction) => {
        const next = stepped(spec.editor, current.value, direction);
        return next === null ? null : writeText(spec.editor, next);
      }}
    />
  );
}
