/** Undo and redo as labelled snapshots. Documents share what did not change, so a snapshot costs little. */

/** One state and what was done to leave it. */
interface Entry<T> {
  label: string;
  state: T;
}

export interface History<T> {
  past: readonly Entry<T>[];
  future: readonly Entry<T>[];
  /** The key under which the last step may still grow, and until when. */
  open: { key: string; until: number } | null;
}

const LONGEST = 1000;

/** Edits under one key within this time are one step: a word typed, a slider moved. */
const COALESCING = 1000;

export const emptyHistory = <T>(): History<T> => ({ past: [], future: [], open: null });

/** Takes note that `before` is about to change. */
export function record<T>(
  history: History<T>,
  before: T,
  label: string,
  coalesce: string | undefined,
  now: number,
): History<T> {
  const open = coalesce === undefined ? null : { key: coalesce, until: now + COALESCING };
  const grows = coalesce !== undefined && history.open?.key === coalesce && now <= history.open.until;
  if (grows && history.past.length > 0) return { past: history.past, future: [], open };
  return { past: [...history.past, { label, state: before }].slice(-LONGEST), future: [], open };
}

/** One step back: the state to show and the history after it; null at the beginning. */
export function back<T>(history: History<T>, now: T): { state: T; history: History<T> } | null {
  const last = history.past.at(-1);
  if (!last) return null;
  const future = [...history.future, { label: last.label, state: now }];
  return { state: last.state, history: { past: history.past.slice(0, -1), future, open: null } };
}

/** One step forward again; null at the end. */
export function forward<T>(history: History<T>, now: T): { state: T; history: History<T> } | null {
  const next = history.future.at(-1);
  if (!next) return null;
  const past = [...history.past, { label: next.label, state: now }];
  return { state: next.state, history: { past, future: history.future.slice(0, -1), open: null } };
}
