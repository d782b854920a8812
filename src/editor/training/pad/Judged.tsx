import { useEffect, useState } from 'react';
import { padded } from '@/datasets';
import { formatPercent } from '@/editor/inspector/numbers';
import type { Readable } from '../readiness';
import { ProbabilityBars } from '../results/ProbabilityBars';
import { usePrediction } from './usePrediction';

/** A text as it is given to the network. */
export interface Typed {
  readable: Readable;
  indices: readonly number[];
  /** What was typed at each step. */
  symbols: readonly string[];
}

/** Milliseconds without a key after which the answer is said aloud. */
const SETTLED = 700;

/** The probability of each class, while one types. */
export function Judged({ readable: { task, steps, classes }, indices }: Typed) {
  const { probabilities, failed, ask } = usePrediction();
  const key = indices.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the numbers are known by their key
  useEffect(() => {
    ask(indices.length > 0 ? { [task.text]: Float32Array.from(padded(indices, steps)) } : null);
  }, [key, task.text, steps, ask]);
  if (!probabilities) return <p className="text-muted">{failed ?? 'Type something, or load a sample.'}</p>;
  return (
    <>
      <ProbabilityBars probabilities={probabilities} classes={classes} {...(classes.length > 12 && { most: 8 })} />
      <Settled key={key} text={saying(classes, probabilities)} />
    </>
  );
}

function saying(classes: readonly string[], probabilities: readonly number[]): string {
  const best = probabilities.indexOf(Math.max(...probabilities));
  return `${classes[best] ?? best}, ${formatPercent(probabilities[best] ?? 0)}`;
}

/** Said once nothing changes any more. */
function Settled({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), SETTLED);
    return () => clearTimeout(timer);
  }, [text]);
  return <output className="sr-only">{said}</output>;
}
