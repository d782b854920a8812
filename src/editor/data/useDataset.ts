/** A data set, loaded for the page to look at. */
import { useCallback, useEffect, useState } from 'react';
import { type Dataset, type DownloadProgress, loadDataset } from '@/datasets';

export type Loading =
  | { state: 'loading'; progress: DownloadProgress | null }
  | { state: 'ready'; dataset: Dataset }
  | { state: 'failed'; message: string };

/** The last one looked at stays, so that coming back to the panel shows it at once. */
let kept: Dataset | undefined;

export function useDataset(id: string): { loading: Loading; retry(): void } {
  const [attempt, setAttempt] = useState(0);
  const [loading, setLoading] = useState<Loading>({ state: 'loading', progress: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is a reason to load again
  useEffect(() => {
    if (kept?.info.id === id) {
      setLoading({ state: 'ready', dataset: kept });
      return;
    }
    const abort = new AbortController();
    setLoading({ state: 'loading', progress: null });
    loadDataset(id, {
      signal: abort.signal,
      onProgress: (progress) => setLoading({ state: 'loading', progress }),
    }).then(
      (dataset) => {
        kept = dataset;
        if (!abort.signal.aborted) setLoading({ state: 'ready', dataset });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setLoading({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => abort.abort();
  }, [id, attempt]);
  return { loading, retry: useCallback(() => setAttempt((count) => count + 1), []) };
}
