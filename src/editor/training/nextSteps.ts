/** What to do after a run has failed: each step an edit, a backend, or a point to go on from. */
import { type NetworkDocument, setTraining } from '@/document';
import type { BackendChoice } from '@/state/run';
import { changeSince } from '@/state/run/structure';
import type { Failure, SavedWeights } from '@/state/run/types';

export interface NextStep {
  title: string;
  /** An edit of the document, before training again. */
  change?: { label: string; apply(document: NetworkDocument): NetworkDocument };
  backend?: BackendChoice;
  /** Go on from the last weights instead of starting anew. */
  from?: SavedWeights;
  leadsTo?: 'problems';
}

/** Short enough to read: 0.0001, not 0.00010000000000000002. */
const tenth = (rate: number): number => Number((rate / 10).toPrecision(6));

function lowerRates(document: NetworkDocument): NetworkDocument {
  const phases = document.training.phases.map((phase) => ({
    ...phase,
    optimizer: { ...phase.optimizer, learningRate: tenth(phase.optimizer.learningRate) },
  }));
  return setTraining(document, { phases });
}

export function nextSteps(
  failure: Failure,
  document: NetworkDocument,
  weights: SavedWeights | null,
  backend: BackendChoice,
): NextStep[] {
  const { batchSize, phases } = document.training;
  const usable =
    weights && weights.bundle.epoch > 0 && changeSince(weights.document, document) !== 'network' ? weights : null;
  const goOn: NextStep[] = usable ? [{ title: `Continue from epoch ${usable.bundle.epoch}`, from: usable }] : [];
  const again: NextStep = { title: 'Train again' };
  switch (failure.code) {
    case 'not-a-number': {
      const rate = tenth(phases[0]?.optimizer.learningRate ?? 0.001);
      const change = { label: `learning rate ${rate}`, apply: lowerRates };
      return [{ title: `Learning rate ${rate}, train again`, change }];
    }
    case 'memory': {
      const half = Math.max(1, Math.floor(batchSize / 2));
      const change = {
        label: `batch size ${half}`,
        apply: (now: NetworkDocument) => setTraining(now, { batchSize: half }),
      };
      return [...(batchSize > 1 ? [{ title: `Batch size ${half}, train again`, change }] : []), ...goOn];
    }
    case 'backend':
      return [
        { title: backend === 'wasm' ? 'Use CPU' : 'Use WebAssembly', backend: backend === 'wasm' ? 'cpu' : 'wasm' },
        again,
      ];
    case 'network':
      return [{ title: 'Show the problems', leadsTo: 'problems' }];
    case 'data':
      return [{ ...again, title: 'Try again' }];
    case 'worker':
      return [...goOn, again];
  }
}
