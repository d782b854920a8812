/** The search for a learning rate: a short trial on a copy of the network, apart from any run. */
import { create } from 'zustand';
import type { NetworkDocument } from '@/document';
import type { RateSweep, WeightBundle } from '@/training/protocol';
import { trainer, useRun } from './run';
import { isActive } from './run/events';

interface RateFinder {
  /** Of which network and phase the sweep is. */
  about: { id: string; phase: number } | null;
  searching: boolean;
  sweep: RateSweep | null;
  error: string | null;
  /** @param weights where the trial begins; the network's own first weights where absent */
  find(id: string, document: NetworkDocument, phase: number, weights?: WeightBundle): Promise<void>;
  /** Ends the search with what it has found. */
  stop(): Promise<void>;
  close(): void;
}

const CLOSED = { about: null, searching: false, sweep: null, error: null } as const;

export const useRateFinder = create<RateFinder>((set, get) => ({
  ...CLOSED,

  async find(id, document, phase, weights) {
    const about = { id, phase };
    set({ ...CLOSED, about, searching: true });
    const client = trainer();
    const current = (): boolean => get().about === about;
    const deafen = client.onEvent((event) => {
      if (event.type === 'sweep' && current()) set({ sweep: event.sweep });
    });
    try {
      const { backendChoice: backend } = useRun.getState();
      const sweep = await client.findRate({ document, phase, backend, ...(weights && { weights }) });
      if (current()) set({ sweep, searching: false });
    } catch (error) {
      if (current()) set({ error: error instanceof Error ? error.message : String(error), searching: false });
    } finally {
      deafen();
    }
  },

  async stop() {
    // A run that has begun ended the search already.
    if (isActive(useRun.getState().status)) return;
    await trainer()
      .stop()
      .catch(() => undefined);
  },

  close() {
    const { searching, stop } = get();
    set(CLOSED);
    if (searching) void stop();
  },
}));

// A run takes the place that the search's curve had: what was found is taken by then, or not wanted.
useRun.subscribe(({ status }, before) => {
  if (isActive(status) && !isActive(before.status) && useRateFinder.getState().about) useRateFinder.getState().close();
});
