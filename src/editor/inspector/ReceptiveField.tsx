import type { ReceptiveField as Field } from '@/inference';
import { formatDim, isKnown } from '@/layers';

/** How much of the input image one unit sees. */
export function ReceptiveField({ field: { size, jump, extent } }: { field: Field }) {
  const [height, width] = size;
  const whole = height === extent[0] && width === extent[1];
  const share =
    isKnown(height) && isKnown(width) && isKnown(extent[0]) && isKnown(extent[1])
      ? { height: (100 * height) / extent[0], width: (100 * width) / extent[1] }
      : null;
  return (
    <div>
      <dt className="text-muted">Receptive field</dt>
      <dd className="flex items-start justify-between gap-2 tabular-nums">
        <span>
          {formatDim(height)}×{formatDim(width)} {whole ? 'pixels: the whole image' : 'pixels of the image'}
          {whole || jump[0] * jump[1] === 1 ? null : (
            <span className="text-muted">, every {jump[0] === jump[1] ? jump[0] : `${jump[0]}×${jump[1]}`} pixels</span>
          )}
        </span>
        {share ? (
          <span aria-hidden className="flex size-9 shrink-0 items-center justify-center rounded-sm border border-line">
            <span
              className="block rounded-[1px] bg-accent"
              style={{ width: `${share.width}%`, height: `${share.height}%` }}
            />
          </span>
        ) : null}
      </dd>
    </div>
  );
}
