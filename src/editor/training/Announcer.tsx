import { useEffect, useRef, useState } from 'react';
import { useRun } from '@/state/run';
import { scoreText, statusText } from './statusText';

/** Epochs may pass in a second each; a listener wants a word now and then. */
const EPOCHS_EVERY = 15_000;

/** Says to a screen reader what a glance at the status line says to others. */
export function Announcer() {
  const status = useRun((state) => state.status);
  const epochs = useRun((state) => state.epochs);
  const failure = useRun((state) => state.failure);
  const [text, setText] = useState('');
  const last = useRef(0);
  const settled = status === 'finished' || status === 'stopped' || status === 'paused';
  const epoch = epochs.length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new status is news
  useEffect(() => {
    if (status === 'idle' || status === 'validating') return;
    const score = settled ? scoreText({ epochs, weights: null }) : null;
    setText(
      failure
        ? `${statusText(status)}: ${failure.message}`
        : `${statusText(status)}${score === null ? '' : `, ${score}`}.`,
    );
  }, [status]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new epoch is news
  useEffect(() => {
    if (epoch === 0 || Date.now() - last.current < EPOCHS_EVERY) return;
    last.current = Date.now();
    const score = scoreText({ epochs, weights: null });
    setText(`Epoch ${epoch} done${score === null ? '' : `, ${score}`}.`);
  }, [epoch]);

  return (
    <span role="status" className="sr-only">
      {text}
    </span>
  );
}
