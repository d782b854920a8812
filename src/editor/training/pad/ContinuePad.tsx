import { Pencil, Square } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { encoderFor } from '@/datasets';
import { Button } from '@/editor/ui';
import { useRun } from '@/state/run';
import type { Readable } from '../readiness';
import { continueText } from './writing';

/** Characters that are written at a press. */
const AT_ONCE = 200;

/** A text that the network continues, character by character; what it wrote may be changed and continued in turn. */
export function ContinuePad({ readable, entries }: { readable: Readable; entries: readonly string[] }) {
  const id = useId();
  const predict = useRun((state) => state.predict);
  const [text, setText] = useState('');
  const [temperature, setTemperature] = useState(0.6);
  const [writing, setWriting] = useState(false);
  const [said, setSaid] = useState('');
  const stopped = useRef(true);
  const area = useRef<HTMLTextAreaElement>(null);
  const { task, steps } = readable;
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );

  const write = async () => {
    stopped.current = false;
    setWriting(true);
    setSaid('');
    let written = 0;
    try {
      const characters = continueText(text, {
        ask: (indices) => predict({ [task.text]: Float32Array.from(indices) }),
        entries,
        steps,
        temperature,
        random: Math.random,
      });
      for await (const character of characters) {
        if (stopped.current) break;
        setText((before) => before + character);
        written += 1;
        if (written === AT_ONCE) break;
      }
      setSaid(`${written} characters were written.`);
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    } finally {
      stopped.current = true;
      setWriting(false);
    }
  };
  // What is written last stays in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls as the text grows
  useEffect(() => {
    if (writing && area.current) area.current.scrollTop = area.current.scrollHeight;
  }, [text, writing]);

  const hasBegun = encoderFor('character', entries)(text).indices.length > 0;
  return (
    <div className="flex flex-col gap-2">
      <label htmlFor={id} className="text-xs text-muted">
        How the text begins
      </label>
      <textarea
        ref={area}
        id={id}
        value={text}
        rows={7}
        readOnly={writing}
        spellCheck={false}
        maxLength={20_000}
        className="w-full resize-y rounded-md border border-line bg-field px-2 py-1 font-mono text-xs leading-5 outline-accent focus-visible:outline-2"
        onChange={(event) => setText(event.target.value)}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {writing ? (
          <Button
            size="small"
            onClick={() => {
              stopped.current = true;
            }}
          >
            <Square size={12} aria-hidden /> Stop writing
          </Button>
        ) : (
          <Button size="small" disabled={!hasBegun} onClick={() => void write()}>
            <Pencil size={12} aria-hidden /> Continue
          </Button>
        )}
        <label className="flex items-center gap-2 text-xs">
          Temperature
          <input
            type="range"
            min={0}
            max={1.5}
            step={0.1}
            value={temperature}
            aria-valuetext={temperature.toFixed(1)}
            className="w-28 accent-accent"
            onChange={(event) => setTemperature(Number(event.target.value))}
          />
          <span className="w-6 tabular-nums">{temperature.toFixed(1)}</span>
        </label>
      </div>
      <p className="text-xs text-muted">
        At 0 the likeliest character is always taken; at 1 each as often as the network says. It sees the last {steps}{' '}
        characters.
      </p>
      <output className="text-xs text-muted">{said}</output>
    </div>
  );
}
