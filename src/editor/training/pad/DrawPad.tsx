import { Eraser } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { formatPercent } from '@/editor/inspector/numbers';
import { Button, Select } from '@/editor/ui';
import { useRun } from '@/state/run';
import type { ProbeSample } from '@/training/protocol';
import type { Drawable } from '../readiness';
import { ProbabilityBars } from '../results/ProbabilityBars';
import { digitFromInk } from './digit';
import { PAD, useInk } from './useInk';
import { usePrediction } from './usePrediction';

/** A pad to draw on, and what the network makes of it while the pen moves. */
export function DrawPad({ drawable, samples }: { drawable: Drawable; samples: readonly ProbeSample[] }) {
  const wake = useRun((state) => state.wake);
  const [settled, setSettled] = useState('');
  const { probabilities, failed, ask } = usePrediction();
  const canvas = useRef<HTMLCanvasElement>(null);
  const ink = useInk(canvas, {
    onInk: (drawn) => ask(digitFromInk(drawn, drawable)),
    onLift: () => setSettled(String(Date.now())),
  });
  // Weights kept from before are given to the worker as soon as there is something to draw on.
  useEffect(() => void wake(), [wake]);
  const clear = () => {
    ink.clear();
    ask(null);
    setSettled('');
  };
  const load = (position: string) => {
    const sample = samples[Number(position)];
    if (!sample?.image) return;
    ink.show(sample.image);
    // Exactly as the network saw it, not as redrawn.
    ask(Float32Array.from(sample.image.pixels, (level) => level / 255));
    setSettled(position);
  };
  const best = probabilities ? probabilities.indexOf(Math.max(...probabilities)) : -1;
  const loadable = samples.flatMap(({ image, actual }, position) =>
    image ? [{ value: String(position), label: `${drawable.classes[actual] ?? actual} (sample ${position + 1})` }] : [],
  );
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-3">
      <div className="flex w-44 flex-col gap-2">
        <canvas
          ref={canvas}
          width={PAD}
          height={PAD}
          role="img"
          aria-label="Pad to draw a digit on"
          className="size-44 cursor-crosshair touch-none rounded border border-line bg-black"
          {...ink.handlers}
        />
        <div className="flex gap-1.5">
          <Button size="small" onClick={clear}>
            <Eraser size={13} aria-hidden /> Clear
          </Button>
        </div>
        {loadable.length > 0 ? (
          <Select
            label="Load a validation sample"
            value=""
            placeholder="Load a sample…"
            options={loadable}
            onValueChange={load}
          />
        ) : null}
      </div>
      <div className="min-w-0">
        {probabilities ? (
          <ProbabilityBars probabilities={probabilities} classes={drawable.classes} />
        ) : (
          <p className="text-muted">
            {failed ?? 'Draw one of the classes with mouse, finger or pen, or load a sample.'}
          </p>
        )}
        <output className="sr-only" key={settled}>
          {settled !== '' && probabilities && best >= 0
            ? `Looks like ${drawable.classes[best]}, ${formatPercent(probabilities[best] ?? 0)}`
            : ''}
        </output>
      </div>
    </div>
  );
}
