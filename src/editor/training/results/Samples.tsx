import { X } from 'lucide-react';
import { memo, useState } from 'react';
import { PixelImage } from '@/editor/data/PixelImage';
import { formatPercent } from '@/editor/inspector/numbers';
import { Button } from '@/editor/ui';
import type { Probe, ProbeSample } from '@/training/protocol';
import { ProbabilityBars } from './ProbabilityBars';
import { toRgba } from './pixels';

/** One cell of the confusion matrix. */
export interface CellFilter {
  actual: number;
  predicted: number;
}

interface Props {
  probe: Probe;
  filter: CellFilter | null;
  onFilter(filter: CellFilter | null): void;
}

/** Validation samples with what the network says of them, its mistakes first. */
export const Samples = memo(function Samples({ probe, filter, onFilter }: Props) {
  const [chosen, setChosen] = useState<number>();
  const name = (index: number): string => probe.classes?.[index] ?? String(index);
  const shown = filter
    ? probe.samples.filter(({ actual, predicted }) => actual === filter.actual && predicted === filter.predicted)
    : probe.samples;
  const sample = shown.find(({ index }) => index === chosen) ?? shown[0];
  return (
    <div className="flex flex-col gap-2">
      {filter ? (
        <p className="flex items-center justify-between gap-2 text-xs">
          {name(filter.actual)} taken for {name(filter.predicted)}
          <Button size="small" onClick={() => onFilter(null)}>
            <X size={12} aria-hidden /> Show all
          </Button>
        </p>
      ) : (
        <p className="text-xs text-muted">Mistakes first, then the least certain.</p>
      )}
      {sample ? (
        <div className="flex gap-3">
          <Thumbnail sample={sample} label={`actual ${name(sample.actual)}`} className="size-20 shrink-0" />
          <div className="min-w-0 flex-1">
            <p>
              {name(sample.actual)},{' '}
              {sample.actual === sample.predicted ? 'recognised' : `taken for ${name(sample.predicted)}`}
            </p>
            <ProbabilityBars
              probabilities={sample.probabilities}
              classes={probe.classes}
              actual={sample.actual}
              most={4}
            />
          </div>
        </div>
      ) : (
        <p className="text-muted">None of the {probe.samples.length} samples shown here is of this kind.</p>
      )}
      <ul aria-label="Validation samples" className="grid grid-cols-[repeat(auto-fill,minmax(44px,1fr))] gap-1.5">
        {shown.map((one) => {
          const wrong = one.actual !== one.predicted;
          const certainty = one.probabilities[one.predicted];
          return (
            <li key={one.index}>
              <button
                type="button"
                aria-pressed={one === sample}
                title={certainty === undefined ? undefined : `${name(one.predicted)} with ${formatPercent(certainty)}`}
                className={`block w-full rounded-sm border p-0.5 text-center text-[11px] aria-pressed:outline-2 aria-pressed:outline-accent ${wrong ? 'border-danger' : 'border-line'}`}
                onClick={() => setChosen(one.index)}
              >
                <Thumbnail sample={one} className="aspect-square w-full" />
                <span className="sr-only">
                  {wrong ? `wrong: ${name(one.actual)} taken for ${name(one.predicted)}` : `right: ${name(one.actual)}`}
                </span>
                <span aria-hidden className="block truncate">
                  {wrong ? (
                    <>
                      <s className="text-muted">{name(one.predicted)}</s> {name(one.actual)}
                    </>
                  ) : (
                    name(one.actual)
                  )}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
});

function Thumbnail({
  sample: { image },
  label,
  className,
}: {
  sample: ProbeSample;
  label?: string;
  className: string;
}) {
  if (!image) return null;
  return (
    <PixelImage
      width={image.width}
      height={image.height}
      rgba={toRgba(image)}
      className={className}
      {...(label !== undefined && { label })}
    />
  );
}
