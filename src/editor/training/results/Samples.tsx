import { memo, useState } from 'react';
import { PixelImage } from '@/editor/data/PixelImage';
import { formatPercent } from '@/editor/inspector/numbers';
import { TextLine } from '@/editor/text/TextLine';
import type { Probe, ProbeSample } from '@/training/protocol';
import { type CellFilter, FilterLine } from './FilterLine';
import { ProbabilityBars } from './ProbabilityBars';
import { toRgba } from './pixels';
import { SequenceSamples } from './SequenceSamples';

interface Props {
  probe: Probe;
  filter: CellFilter | null;
  onFilter(filter: CellFilter | null): void;
}

/** Validation samples with what the network says of them, its mistakes first. */
export const Samples = memo(function Samples(props: Props) {
  const { samples, sequences } = props.probe;
  if (sequences.length > 0) return <SequenceSamples {...props} />;
  return <AnsweredSamples {...props} isText={samples.some(({ text }) => text !== null)} />;
});

/** Samples with one answer each: pictures in a grid, texts in a list. */
function AnsweredSamples({ probe, filter, onFilter, isText }: Props & { isText: boolean }) {
  const [chosen, setChosen] = useState<number>();
  const name = (index: number): string => probe.classes?.[index] ?? String(index);
  const shown = filter
    ? probe.samples.filter(({ actual, predicted }) => actual === filter.actual && predicted === filter.predicted)
    : probe.samples;
  const sample = shown.find(({ index }) => index === chosen) ?? shown[0];
  return (
    <div className="flex flex-col gap-2">
      <FilterLine filter={filter} hint="Mistakes first, then the least certain." name={name} onFilter={onFilter} />
      {sample ? (
        <div className="flex gap-3">
          <Thumbnail sample={sample} label={`actual ${name(sample.actual)}`} className="size-20 shrink-0" />
          <div className="min-w-0 flex-1">
            {sample.text ? (
              <p className="mb-1 max-h-24 overflow-y-auto">
                <TextLine {...sample.text} />
              </p>
            ) : null}
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
      <ul
        aria-label="Validation samples"
        className={isText ? 'flex flex-col gap-1' : 'grid grid-cols-[repeat(auto-fill,minmax(44px,1fr))] gap-1.5'}
      >
        {shown.map((one) => {
          const wrong = one.actual !== one.predicted;
          const certainty = one.probabilities[one.predicted];
          return (
            <li key={one.index}>
              <button
                type="button"
                aria-pressed={one === sample}
                title={certainty === undefined ? undefined : `${name(one.predicted)} with ${formatPercent(certainty)}`}
                className={`w-full rounded-sm border p-0.5 text-[11px] aria-pressed:outline-2 aria-pressed:outline-accent ${isText ? 'flex items-baseline gap-2 px-1.5 text-left' : 'block text-center'} ${wrong ? 'border-danger' : 'border-line'}`}
                onClick={() => setChosen(one.index)}
              >
                <Thumbnail sample={one} className="aspect-square w-full" />
                {one.text ? (
                  <span className="min-w-0 flex-1 truncate text-xs">
                    <TextLine {...one.text} />
                  </span>
                ) : null}
                <span className="sr-only">
                  {wrong ? `wrong: ${name(one.actual)} taken for ${name(one.predicted)}` : `right: ${name(one.actual)}`}
                </span>
                <span aria-hidden className={isText ? 'shrink-0' : 'block truncate'}>
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
}

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
