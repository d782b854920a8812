import type { ReceptiveField as Field } from '@/inference';
import { type Dim, formatDim, isKnown } from '@/layers';

/** What the smallest piece of an input is called, and the whole, by its number of spatial axes. */
const WORDS: Readonly<Record<number, { unit: string; whole: string }>> = {
  1: { unit: 'step', whole: 'sequence' },
  2: { unit: 'pixel', whole: 'image' },
  3: { unit: 'voxel', whole: 'volume' },
};

/** How much of the input one unit sees, how far its neighbour looks from it, and where the first begins. */
export function ReceptiveField({ field: { size, jump, start, extent } }: { field: Field }) {
  const { unit, whole } = WORDS[size.length] ?? { unit: 'value', whole: 'input' };
  const seesAll = size.every((side, axis) => side === extent[axis]);
  const share = size.length === 2 ? size.map((side, axis) => percent(side, extent[axis] ?? 1)) : [];
  const [height, width] = share;
  // Between two values of an input that was made larger, half a step counts as one.
  const sides = size.map((side) => (isKnown(side) ? Math.ceil(side) : side));
  const units = `${unit}${sides.every((side) => side === 1) ? '' : 's'}`;
  return (
    <div>
      <dt className="text-muted">Receptive field</dt>
      <dd className="flex items-start justify-between gap-2 tabular-nums">
        <span>
          {sides.map(formatDim).join('×')} {seesAll ? `${units}: the whole ${whole}` : `${units} of the ${whole}`}
          {seesAll ? null : (
            <span
              className="text-muted"
              title="Stride: how far apart neighbours look. Padding: how far before the edge the first one begins."
            >
              {jump.every((step) => step === 1) ? '' : `, stride ${each(jump)}`}
              {paddingIn(start)}
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

/** `, padding 3`: how far the first unit looks beyond the edge. */
function paddingIn(start: Field['start']): string {
  if (start.some((first) => first === null)) return ', padding not known';
  const beyond = start.map((first) => Math.max(0, Math.ceil(-(first ?? 0))));
  return beyond.every((padding) => padding === 0) ? '' : `, padding ${each(beyond)}`;
}

/** `2`, or `2×1` where the axes differ. */
const each = (values: readonly number[]): string => {
  const texts = values.map((value) => String(Number(value.toFixed(3))));
  return texts.every((text) => text === texts[0]) ? (texts[0] ?? '') : texts.join('×');
};

const percent = (part: Dim, whole: Dim): number | null =>
  isKnown(part) && isKnown(whole) ? Math.min(100, (100 * part) / whole) : null;
