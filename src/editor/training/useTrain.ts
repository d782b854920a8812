/** The commands of training, as buttons need them: what can be done now, and what it does. */

import { useNetwork } from '@/state/network';
import { useRun } from '@/state/run';
import { isActive } from '@/state/run/events';
import { changeSince } from '@/state/run/structure';
import type { WeightBundle } from '@/training/protocol';
import { type Obstacle, obstacleTo } from './readiness';

export interface TrainCommands {
  /** Why Train is not possible; null where it is. */
  obstacle: Obstacle | null;
  active: boolean;
  paused: boolean;
  /** Trains the open network from the start. */
  train(): void;
  pause(): void;
  resume(): void;
  /** One batch; begins a paused run where none is going on. */
  step(): void;
  stop(): void;
  /** Trains on from the weights at hand; null where they do not fit. */
  further: (() => void) | null;
  /** Goes on with a run that was broken off; null where there is none, or the network is another by now. */
  goOn: (() => void) | null;
  /** The weights that `goOn` begins with. */
  goOnFrom: WeightBundle | null;
}

export function useTrain(): TrainCommands {
  const id = useNetwork((state) => state.id);
  const document = useNetwork((state) => state.whole);
  const inference = useNetwork((state) => state.inference);
  const status = useRun((state) => state.status);
  const weights = useRun((state) => state.weights);
  const { train, goOn, pause, resume, step, stop } = useRun.getState();
  const active = isActive(status);
  const obstacle = obstacleTo(document, inference);
  const fits =
    weights !== null && !active && obstacle === null && changeSince(weights.document, document) !== 'network';
  const unbroken = fits && weights.bundle.state && changeSince(weights.document, document) === null;
  return {
    obstacle,
    active,
    paused: status === 'paused',
    train: () => void train(id, document),
    pause: () => void pause(),
    resume: () => void resume(),
    step: () => void (active ? step() : train(id, document, { singleBatch: true })),
    stop: () => void stop(),
    further: fits ? () => void train(id, document, { weights: weights.bundle }) : null,
    goOn: unbroken ? () => void goOn() : null,
    goOnFrom: unbroken ? weights.bundle : null,
  };
}
