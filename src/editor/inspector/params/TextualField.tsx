import { DraftInput } from './DraftInput';
import type { FieldProps } from './ParamField';
import { checkText, expressionIn, stepped, writeText } from './text';

/** Whole numbers, numbers and shapes. */
export function TextualField({ id, spec, current, describedBy, environment, set }: FieldProps) {
  const isShape = spec.editor.kind === 'shape';
  const fallback = writeText(spec.editor, spec.default) || (spec.empty ?? (isShape ? 'as the data set' : ''));
  return (
    <DraftInput
      id={id}
      text={
        current.mixed
          ? ''
          : (current.expression ?? writeText(spec.editor, current.problem === undefined ? current.value : current.raw))
      }
      placeholder={current.mixed ? 'different values' : fallback}
      inputMode={isShape || environment ? 'text' : 'decimal'}
      describedBy={describedBy}
      problem={current.problem}
      commit={(text) => {
        const checked = expressionIn(spec, text, environment) ?? checkText(spec, text);
        if ('error' in checked) return checked.error;
        set(checked.value);
        return null;
      }}
      step={(direction) => {
        if (current.expression !== undefined) return null;
        const next = stepped(spec.editor, current.value, direction);
        return next === null ? null : writeText(spec.editor, next);
      }}
    />
  );
}
