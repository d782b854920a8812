import type { ReceptiveField as Field } from '@/inference';
import { type Dim, formatDim, isKnown } from '@/layers';

/** What the smallest piece of an input is called, and the whole, by its number of spatial axes. */
const WORDS: Readonly<Record<number, { unit: string; whole: string }>> = {
  1: { unit: 'steps', whole: 'sequence' },
  2: { unit: 'pixels', whole: 'image' },
  3: { unit: 'voxels', whole: 'volume' },
};

/** How much of the input one unit sees. */
export function ReceptiveField({ field: { size, jump, extent } }: { field: Field }) {
  const { unit, whole } = WORDS[size.length] ?? { unit: 'values', whole: 'input' };
  const seesAll = size.every((side, axis) => side === extent[axis]);
  const even = jump.every((step) => step === jump[0]);
  const share = size.length === 2 ? size.map((side, axis) => percent(side, extent[axis] ?? 1)) : [];
  const [height, width] = share;
  return (
    <div>
      <dt className="text-muted">Receptive field</dt>
      <dd className="flex items-start justify-between gap-2 tabular-nums">
        <span>
          {size.map(formatDim).join('×')} {seesAll ? `${unit}: the whole ${whole}` : `${unit} of the ${whole}`}
          {seesAll || jump.every((step) => step === 1) ? null : (
            <span className="text-muted">
              , every {even ? jump[0] : jump.join('×')} {unit}
            </span>
          )}
        </span>
        {typeof height === 'number' && typeof width === 'number' ? (
          <span aria-hidden className="flex size-9 shrink-0 items-center justify-center rounded-sm border border-line">
            <span className="block rounded-[1px] bg-accent" style={{ width: `${width}%`, height: `${height}%` }} />
          </span>
        ) : null}
      </dd>
    </div>
  );
}

const percent = (part: Dim, whole: Dim): number | null =>
  isKnown(part) && isKnown(whole) ? (100 * part) / whole : null;
