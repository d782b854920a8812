import type { Penalty } from '@/layers';
import { DraftInput } from './DraftInput';
import type { FieldProps } from './ParamField';

const STRENGTHS = [
  { key: 'l1', label: 'L1' },
  { key: 'l2', label: 'L2' },
] as const;

/** The strengths of the L1 and L2 penalties. */
export function PenaltyField({ id, spec, current, describedBy, set }: FieldProps) {
  const penalty = current.value as Penalty;
  return (
    <div className="flex gap-2">
      {STRENGTHS.map(({ key, label }, index) => (
        <div key={key} className="flex min-w-0 flex-1 items-start gap-1">
          <span aria-hidden className="flex h-7 items-center text-xs text-muted">
            {label}
          </span>
          <DraftInput
            id={index === 0 ? id : `${id}-${key}`}
            label={`${spec.label}, ${label}`}
            text={current.mixed ? '' : String(penalty[key])}
            placeholder={current.mixed ? '…' : '0'}
            inputMode="decimal"
            describedBy={describedBy}
            problem={index === 0 ? current.problem : undefined}
            commit={(text) => {
              const strength = Number(text);
              const value = { ...penalty, [key]: strength };
              if (text.trim() === '' || !Number.isFinite(strength)) return `${label} must be a number, 0 or more.`;
              const read = spec.read(value);
              if ('error' in read) return read.error;
              set(value);
              return null;
            }}
          />
        </div>
      ))}
    </div>
  );
}
