/** The steps of cells by our own WebAssembly, where that can reach them. */
import { activationName } from '../../../activations';
import { NATIVE_CURVES, native } from '../../../native/module';
import type { CellName, Kind } from './cells';

/** Four bytes a number. */
const address = (values: Float32Array, at: number): number => values.byteOffset + 4 * at;

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
  const ours = native();
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
        address(x, xAt),
        address(product, productAt),
        address(bias, 0),
        address(recurrentBias, 0),
        address(state, stateAt),
        address(memory, stateAt),
        address(kept, keptAt),
      );
    },
    backward({ units }, { kept, keptAt, before, memoryBefore, memoryBeforeAt, ...rows }) {
      backward(
        units,
        activationCode,
        gateCode,
        address(kept, keptAt),
        address(before, 0),
        address(memoryBefore, memoryBeforeAt),
        address(rows.state, rows.stateAt),
        address(rows.memory, rows.stateAt),
        address(rows.x, rows.xAt),
        address(rows.product, rows.productAt),
      );
    },
  };
}
