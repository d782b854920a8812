import { useEffect, useState } from 'react';
import { datasetInfo, padded } from '@/datasets';
import { TextLine } from '@/editor/text/TextLine';
import { useRun } from '@/state/run';
import type { Typed } from './Judged';
import { writeOut } from './writing';

/** What the network writes upon a text, step by step from its own steps before. */
export function WrittenOut({ readable: { dataset, task, steps, answerSteps }, indices }: Typed) {
  const predict = useRun((state) => state.predict);
  const [answer, setAnswer] = useState<readonly string[] | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const key = indices.join();
  const { written = '' } = task;
  const vocabulary = datasetInfo(dataset)?.fields[written]?.vocabulary;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the numbers are known by their key
  useEffect(() => {
    let current = true;
    setAnswer(null);
    setFailed(null);
    if (indices.length === 0 || !vocabulary?.entries) return;
    const text = Float32Array.from(padded(indices, steps));
    const asked = writeOut(
      (before) => {
        // Another text has been typed: nobody waits for this one.
        if (!current) return Promise.reject(new Error('given up'));
        return predict({ [task.text]: text, [written]: Float32Array.from(before) });
      },
      vocabulary.entries,
      answerSteps,
    );
    asked.then(
      (entries) => current && setAnswer(entries),
      (error: unknown) => current && setFailed(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      current = false;
    };
  }, [key, predict]);
  if (failed !== null) return <p className="text-danger">{failed}</p>;
  if (indices.length === 0) return <p className="text-muted">Type a word, or load a sample.</p>;
  return (
    <output aria-label="What the network writes" className="block min-h-6 text-base">
      {answer ? <TextLine unit={vocabulary?.unit ?? 'word'} entries={answer} /> : null}
    </output>
  );
}
