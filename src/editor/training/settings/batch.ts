/** The three ways to descend that courses tell apart, by how many samples make a step. */

export type BatchKind = 'single' | 'mini' | 'full';

export const BATCH_KINDS: Readonly<Record<BatchKind, { title: string; help: string }>> = {
  single: { title: 'One by one', help: 'Stochastic gradient descent: the weights move after every sample' },
  mini: { title: 'Mini-batch', help: 'The weights move after some samples: fast, and with enough chance in it' },
  full: { title: 'Full batch', help: 'Plain gradient descent: all training samples make one step' },
};

/** The largest batch that a document may ask for. */
const MOST = 65_536;

/** @param samples how many there are to train on */
export function batchKind(size: number, samples: number): BatchKind {
  if (size >= Math.min(samples, MOST)) return 'full';
  return size === 1 ? 'single' : 'mini';
}

/** The batch size of a kind; one that is of the kind already stays, else `usual` or what is nearest to it. */
export function sizeOfKind(kind: BatchKind, size: number, samples: number, usual: number): number {
  if (batchKind(size, samples) === kind) return size;
  if (kind === 'single') return 1;
  if (kind === 'full') return Math.min(samples, MOST);
  return Math.max(2, Math.min(usual, samples - 1));
}
