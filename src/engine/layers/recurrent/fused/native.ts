/** The steps of cells by our own WebAssembly, where that can reach them. */
import { activationName } from '../../../activationName';
import { addressOf, NATIVE_CURVES, native } from '../../../native/module';
import type { CellName, Kind } from './cells';

const NAMES = { SimpleRNN: 'simple', LSTM: 'lstm', GRU: 'gru' } as const satisfies Record<CellName, string>;

/** Null where the steps in JavaScript must do: on the CPU, and where a machine cannot run it. */
export function nativeCell({
  cell,
  activation,
  gate,
}: {
  cell: CellName;
  activation: unknown;
  gate: unknown;
}): Pick<Kind, 'forward' | 'backward'> | null {
  const ours = native()?.exports;
  const [activationCode = -1, gateCode = -1] = [activation, gate].map((name) =>
    NATIVE_CURVES.indexOf(activationName(name)),
  );
  if (!ours || activationCode < 0 || gateCode < 0) return null;
  const [forward, backward] = [ours[`${NAMES[cell]}Forward`], ours[`${NAMES[cell]}Backward`]];
  return {
    forward({ units }, { x, xAt, product, productAt, bias, recurrentBias, state, memory, stateAt, kept, keptAt }) {
      forward(
        units,
        activationCode,
        gateCode,
        addressOf(x, xAt),
        addressOf(product, productAt),
        addressOf(bias, 0),
        addressOf(recurrentBias, 0),
        addressOf(state, stateAt),
        addressOf(memory, stateAt),
        addressOf(kept, keptAt),
      );
    },
    backward({ units }, { kept, keptAt, before, memoryBefore, memoryBeforeAt, ...rows }) {
      backward(
        units,
        activationCode,
        gateCode,
        addressOf(kept, keptAt),
        addressOf(before, 0),
        addressOf(memoryBefore, memoryBeforeAt),
        addressOf(rows.state, rows.stateAt),
        addressOf(rows.memory, rows.stateAt),
        addressOf(rows.x, rows.xAt),
        addressOf(rows.product, rows.productAt),
      );
    },
  };
}
