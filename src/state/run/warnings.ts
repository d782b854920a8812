/** What the signals of a run say in words, with what to try. Rules of thumb, each with its bound. */
import type { EpochResult, LayerSignal } from '@/training/protocol';
import { deadShare } from './gradients';
import type { StepHistory } from './history';

export interface Warning {
  id: 'vanishing' | 'exploding' | 'dead' | 'stuck' | 'overfitting' | 'hasty';
  text: string;
  advice: string;
}

interface Seen {
  /** The latest looks at the gradients, the newest last; layers in the order of the network. */
  signals: readonly (readonly LayerSignal[])[];
  epochs: readonly EpochResult[];
  history: StepHistory;
}

/** The first layer learns a thousand times more slowly than the last. */
const VANISHING = 1e-3;
/** Beyond this a gradient is hardly that of a loss of ordinary size. */
const EXPLODING = 1e3;
/** More units than these without a gradient are no accident of ReLU. */
export const DEAD = 0.4;
/** Of the loss, over as many steps as make an epoch, at least. */
const STUCK = 1e-3;
const STUCK_STEPS = 100;
const RISING_EPOCHS = 3;
/** Weights that change by more than a tenth at every step. */
const HASTY = 0.1;
/** Fewer looks say little. */
const LOOKS = 3;

export function warningsOf(seen: Seen, nameOf: (node: string) => string): Warning[] {
  return [
    ...ofGradients(seen.signals, nameOf),
    ...stillLayers(seen.signals, nameOf),
    ...ofLoss(seen),
    ...ofEpochs(seen.epochs),
  ];
}

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** A layer's value over the looks there have been: the middle one, so that one odd batch says nothing. */
function over(signals: Seen['signals'], node: string, value: (signal: LayerSignal) => number | null): number | null {
  const values = signals.flatMap((layers) => {
    const signal = layers.find((layer) => layer.node === node);
    const found = signal ? value(signal) : null;
    return found === null ? [] : [found];
  });
  return values.length < LOOKS ? null : middle(values);
}

function ofGradients(signals: Seen['signals'], nameOf: (node: string) => string): Warning[] {
  const layers = signals.at(-1) ?? [];
  const gradients = layers.map(({ node }) => ({ node, size: over(signals, node, ({ gradient }) => gradient) }));
  const [first, last] = [gradients[0], gradients.at(-1)];
  const warnings: Warning[] = [];
  if (first && last && layers.length > 2 && first.size !== null && last.size !== null && last.size > 0) {
    if (first.size < VANISHING * last.size) {
      warnings.push({
        id: 'vanishing',
        text:
          first.size === 0
            ? `No gradient reaches “${nameOf(first.node)}”: the first layers do not learn at all.`
            : `The gradient vanishes: at “${nameOf(first.node)}” it is ${times(last.size, first.size)} smaller than at “${nameOf(last.node)}”, so the first layers hardly learn.`,
        advice: 'Try ReLU in place of sigmoid or tanh, batch normalisation, He initialisation, or skip connections.',
      });
    }
  }
  const worst = gradients.reduce<(typeof gradients)[number] | null>(
    (most, layer) => ((layer.size ?? 0) > (most?.size ?? 0) ? layer : most),
    null,
  );
  if (worst?.size && worst.size > EXPLODING) {
    warnings.push({
      id: 'exploding',
      text: `The gradient explodes: at “${nameOf(worst.node)}” its length is ${worst.size.toExponential(1)}.`,
      advice: 'Try a smaller learning rate, a limit to the gradient’s norm (Global clip), or batch normalisation.',
    });
  }
  const hasty = layers.find(({ node }) => (over(signals, node, ({ ratio }) => ratio) ?? 0) > HASTY);
  if (hasty) {
    warnings.push({
      id: 'hasty',
      text: `Each step changes the weights of “${nameOf(hasty.node)}” by more than a tenth of their size; about a thousandth is usual.`,
      advice: 'Try a learning rate ten times smaller, or a warm-up.',
    });
  }
  return warnings;
}

const times = (large: number, small: number): string => `${Math.round(large / small).toLocaleString('en-US')} times`;

function stillLayers(signals: Seen['signals'], nameOf: (node: string) => string): Warning[] {
  const dead = (signals.at(-1) ?? []).filter(({ node }) => (over(signals, node, deadShare) ?? 0) > DEAD);
  const [first] = dead;
  if (!first) return [];
  const share = Math.round(100 * (over(signals, first.node, deadShare) ?? 0));
  return [
    {
      id: 'dead',
      text: `${share} % of the units of “${nameOf(first.node)}” are dead: no sample of the batch makes them learn.`,
      advice: 'Try a smaller learning rate, leaky ReLU or ELU in place of ReLU, or He initialisation.',
    },
  ];
}

function ofLoss({ history, epochs }: Seen): Warning[] {
  const steps = Math.max(STUCK_STEPS, history.stepsPerEpoch);
  if (history.length < 2 * steps) return [];
  const [before, now] = [history.length - 1 - steps, history.length - 1].map((at) => history.at('loss', at).smooth);
  if (before === undefined || now === undefined || Math.abs(before - now) > STUCK * Math.abs(before)) return [];
  // What is learnt already need not move.
  const accuracy = epochs.at(-1)?.accuracy ?? null;
  if ((accuracy !== null && accuracy > 0.9) || now < 1e-3) return [];
  return [
    {
      id: 'stuck',
      text: `The loss has not moved for ${steps.toLocaleString('en-US')} steps.`,
      advice: 'Try a learning rate ten times larger or smaller, another initialisation, or look for dead units.',
    },
  ];
}

/** The validation loss grows while the training loss falls. */
function ofEpochs(epochs: readonly EpochResult[]): Warning[] {
  const recent = epochs.slice(-RISING_EPOCHS - 1);
  if (recent.length <= RISING_EPOCHS) return [];
  const overfits = recent.every((result, at) => {
    const previous = recent[at - 1];
    if (!previous) return true;
    if (result.validationLoss === null || previous.validationLoss === null) return false;
    return result.validationLoss > previous.validationLoss && result.loss < previous.loss;
  });
  if (!overfits) return [];
  return [
    {
      id: 'overfitting',
      text: `The network learns the training samples by heart: for ${RISING_EPOCHS} epochs the validation loss has grown while the training loss fell.`,
      advice: 'Try dropout, weight decay, augmentation, a smaller network, more data, or stop early.',
    },
  ];
}
