import { formatPercent, formatReal } from '@/editor/inspector/numbers';
import type { RunView } from '@/state/run/types';
import type { RunState } from '@/training/protocol';

const TEXTS = {
  idle: 'Not trained yet',
  preparing: 'Preparing',
  training: 'Training',
  validating: 'Validating',
  paused: 'Paused',
  finished: 'Finished',
  stopped: 'Stopped',
  failed: 'Failed',
} as const;

export const statusText = (status: keyof typeof TEXTS): string => TEXTS[status];

/** The result to show in one word: accuracy where there is one, else the loss; of validation where there is one. */
export function scoreText({ epochs, weights }: Pick<RunView, 'epochs' | 'weights'>): string | null {
  const last = epochs.at(-1);
  const accuracy = last ? (last.validationAccuracy ?? last.accuracy) : (weights?.accuracy ?? null);
  const loss = last ? (last.validationLoss ?? last.loss) : (weights?.loss ?? null);
  if (accuracy !== null) return formatPercent(accuracy);
  return loss === null ? null : `loss ${formatReal(loss)}`;
}

/** Where a run stands that was not ended. */
export const brokenOffText = ({ epoch, stepInEpoch }: RunState): string =>
  stepInEpoch === 0
    ? `Broken off before epoch ${epoch}`
    : `Broken off in epoch ${epoch}, after ${stepInEpoch === 1 ? '1 step' : `${stepInEpoch.toLocaleString('en-US')} steps`} of it`;

export const epochsText = (epochs: number): string =>
  epochs === 0 ? 'part of an epoch' : epochs === 1 ? '1 epoch' : `${epochs} epochs`;
