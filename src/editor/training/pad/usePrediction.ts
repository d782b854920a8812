import { useCallback, useRef, useState } from 'react';
import { useRun } from '@/state/run';
import type { Asked } from '@/training/protocol';

/** Asks the network about the newest input only: while one answer is awaited, older questions are dropped. */
export function usePrediction() {
  const predict = useRun((state) => state.predict);
  const [probabilities, setProbabilities] = useState<number[] | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const next = useRef<Asked | null>(null);
  const busy = useRef(false);
  const round = useRef(0);

  const ask = useCallback(
    (input: Asked | null) => {
      next.current = input;
      if (!input) {
        round.current += 1;
        setProbabilities(null);
      }
      if (busy.current) return;
      const answer = async () => {
        busy.current = true;
        while (next.current) {
          const question = next.current;
          const asked = round.current;
          next.current = null;
          try {
            const answered = await predict(question);
            // Cleared meanwhile: the answer is to a drawing that is gone.
            if (asked === round.current) setProbabilities(answered);
            setFailed(null);
          } catch (error) {
            setProbabilities(null);
            setFailed(error instanceof Error ? error.message : String(error));
          }
        }
        busy.current = false;
      };
      void answer();
    },
    [predict],
  );
  return { probabilities, failed, ask };
}
