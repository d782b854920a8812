/** A training's whole state between two steps, as plain data: enough to go on as if nothing had been. */
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { KeptArrays, TrainerState } from '@/compiler';
import type { Carried } from './carried';
import { type BuiltModel, readWeights, setWeights } from './model';
import type { Averages } from './optimizers/averages';
import { readSlots, toTensors } from './optimizers/kept';
import type { Plateau } from './optimizers/plateau';
import type { Updater } from './optimizers/updater';
import { chanceSoFar, seedSteps } from './random';

/** The parts of a phase that remember. */
export interface Remembering {
  variables: readonly Variable[];
  updater: Updater;
  averages: Averages | null;
  plateau: Plateau | null;
}

const asLists = (tensors: ReadonlyMap<string, Tensor>): ReadonlyMap<string, readonly Tensor[]> =>
  new Map([...tensors].map(([name, value]) => [name, [value]]));

export async function saveState(
  built: BuiltModel,
  phases: readonly Remembering[],
  carried: Carried,
): Promise<TrainerState> {
  const names = new Map(built.weights.map(({ name, variable }) => [variable.name, name]));
  const nameOf = (variable: string): string | undefined => names.get(variable);
  const chance = chanceSoFar();
  const weights = await readWeights(built);
  const remembered = await carried.save();
  return {
    chance,
    ...(Object.keys(remembered).length > 0 && { carried: remembered }),
    weights: Object.fromEntries(weights.map(({ name, data }) => [name, data])),
    phases: await Promise.all(
      phases.map(async ({ updater, averages, plateau }) => {
        const { step, slots, gathered } = updater.memory;
        return {
          step,
          slots: await readSlots(slots, nameOf),
          gathered: gathered && {
            added: gathered.added,
            sums: await readSlots(asLists(new Map(Object.entries(gathered.sums))), nameOf),
          },
          averages: averages && (await readSlots(asLists(averages.memory), nameOf)),
          plateau: plateau?.state ?? null,
        };
      }),
    ),
  };
}

/** @throws Error where the state is of other phases or weights of other sizes */
export function restoreState(
  built: BuiltModel,
  phases: readonly Remembering[],
  carried: Carried,
  state: TrainerState,
): void {
  if (state.phases.length !== phases.length) throw new Error('the state has other phases');
  const variables = new Map(built.weights.map(({ name, variable }) => [name, variable]));
  const tensorsOf = (kept: KeptArrays): Map<string, Tensor[]> => {
    const tensors = new Map<string, Tensor[]>();
    for (const [name, arrays] of Object.entries(kept)) {
      const variable = variables.get(name);
      if (!variable || arrays.some(({ length }) => length !== variable.size))
        throw new Error(`the state of ${name} does not fit`);
      tensors.set(variable.name, toTensors(arrays, variable.shape));
    }
    return tensors;
  };
  const singles = (kept: KeptArrays): Map<string, Tensor> =>
    new Map([...tensorsOf(kept)].flatMap(([name, [value]]) => (value ? [[name, value] as const] : [])));
  setWeights(built, new Map(Object.entries(state.weights)));
  for (const [at, { updater, averages, plateau }] of phases.entries()) {
    const kept = state.phases[at];
    if (!kept) continue;
    const gathered = kept.gathered && {
      added: kept.gathered.added,
      sums: Object.fromEntries(singles(kept.gathered.sums)),
    };
    updater.restore(kept.step, tensorsOf(kept.slots), gathered);
    if (averages && kept.averages) averages.restore(singles(kept.averages));
    if (plateau && kept.plateau) plateau.state = kept.plateau;
  }
  carried.restore(state.carried ?? {});
  seedSteps(state.chance);
}
