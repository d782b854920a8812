/** One network in training: a step, an evaluation, a prediction. Knows tensors; knows no epochs and no events. */
import {
  add,
  argMax,
  cast,
  dispose,
  equal,
  greater,
  keep,
  mul,
  reshape,
  type Scalar,
  scalar,
  stack,
  sum,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { model as modelOf } from '@tensorflow/tfjs-layers';
import type { CompiledLoss, CompiledNetwork, TrainerState } from '@/compiler';
import { type Course, type Phase, rateAt, type Schedule } from '@/document';
import { checkDevice, readBack } from './backends';
import { Carried, isStateful, type Stateful } from './carried';
import { restoreState, saveState } from './checkpoint';
import { lossOf } from './losses';
import { keepingMasks, maskOf } from './masks';
import { classifierOf, thresholdOf } from './metrics';
import { type BuiltModel, buildModel, readWeights, setWeights, type WeightValues } from './model';
import { type Averages, createAverages } from './optimizers/averages';
import { Plateau } from './optimizers/plateau';
import { createUpdater, type Updater } from './optimizers/updater';
import { constrain, penaltyOf } from './penalties';
import { seedSteps } from './random';
import { measure, type WeightSignal, watch } from './signals';
import { collectLosses } from './stepLosses';

/** One batch: for each field its values, row-major, with the shape of one sample. */
export type Batch = Readonly<Record<string, BatchField>>;

export interface BatchField {
  data: Float32Array | Int32Array;
  shape: readonly number[];
  dtype: 'float32' | 'int32';
  /** Whether the values are class indices, so that right answers can be counted. */
  isClass?: boolean;
}

/** Sums over a batch that are read back when they are needed. */
export interface StepResult {
  /** The loss that was minimised, regularisation included. */
  loss: Scalar;
  /** Right answers, and answers: two numbers. Null where they cannot be counted. */
  correct: Tensor | null;
  samples: number;
  /** How it went, weight by weight, where that was asked for. */
  signals: Promise<WeightSignal[]> | null;
}

/** A batch on the backend, by field. */
type Fields = Readonly<Record<string, Tensor>>;

interface PhasePlan {
  losses: readonly CompiledLoss[];
  variables: Variable[];
  updater: Updater;
  schedule: Schedule;
  plateau: Plateau | null;
  averages: Averages | null;
}

export interface Evaluation {
  /** Mean loss, without regularisation, as Keras reports it for validation plus the penalties. */
  loss: number;
  outputs: Float32Array;
  /** For each place of the output, 0 where it is padding; null where none is. */
  mask: Float32Array | null;
}

const CONSTANT: Schedule = { type: 'constant' };

/** Where nothing depends on how far the run has come. */
const BEGINNING: Course = { done: 0, epochs: 1, stepsPerEpoch: 1 };

export class Trainer {
  private watching = false;
  private readonly stateful: readonly Stateful[];
  /** What training has left for the next batch. */
  private readonly carried = new Carried();

  private constructor(
    readonly network: CompiledNetwork,
    private readonly built: BuiltModel,
    private readonly settings: readonly Phase[],
    private readonly phases: readonly PhasePlan[],
  ) {
    this.stateful = built.model.layers.filter(isStateful);
  }

  /**
   * Builds the network on the backend in use, with first weights from the seed.
   * @throws Error where a phase trains nothing or minimises nothing
   */
  static async create(network: CompiledNetwork, phases: readonly Phase[], seed: number): Promise<Trainer> {
    seedSteps(seed);
    const built = await buildModel(network, seed);
    const plans = phases.map((phase) => planOf(network, built, phase));
    return new Trainer(network, built, phases, plans);
  }

  /** The loss whose answers are counted and shown. */
  get classifier(): CompiledLoss | null {
    return classifierOf(this.network.losses);
  }

  /** The learning rate of the next step, of each phase, as a share of the one that is set. */
  private rate({ schedule, plateau }: PhasePlan, course: Course): number {
    return rateAt(schedule, { ...course, ...(plateau && { reduced: plateau.scale }) });
  }

  /** The learning rate of the first phase's next step. */
  learningRate(course: Course): number {
    const [plan] = this.phases;
    const [phase] = this.settings;
    return plan && phase ? phase.optimizer.learningRate * this.rate(plan, course) : 0;
  }

  /** A sequence of batches begins: stateful layers begin with zeros. */
  beginSequence(): void {
    this.carried.forget();
  }

  /** What an epoch came to, for schedules that look at it. */
  endEpoch(loss: number): void {
    for (const { plateau } of this.phases) plateau?.look(loss);
  }

  /**
   * One step of each phase, in order. The caller disposes of the result.
   * @param course how far the run has come, for the learning rate
   * @param watching whether to tell how it went, weight by weight
   */
  step(batch: Batch, course: Course = BEGINNING, watching = false): StepResult {
    this.watching = watching;
    let result: StepResult | null = null;
    for (const [at, plan] of this.phases.entries()) {
      const isLast = at === this.phases.length - 1;
      const made = this.carried.during(this.stateful, () => this.phaseStep(plan, batch, course), isLast);
      if (result) disposeResult(result);
      result = made;
    }
    checkDevice();
    if (!result) throw new Error('There is no training phase.');
    return result;
  }

  private phaseStep(plan: PhasePlan, batch: Batch, course: Course): StepResult {
    const { losses, variables, updater, averages } = plan;
    const inputs = this.tensors(batch);
    let correct: Tensor | null = null;
    try {
      const { value, grads } = variableGrads(() => {
        const { result, release } = keepingMasks(() => collectLosses(() => this.forward(inputs.model, true)));
        const [outputs, added] = result;
        correct = this.countCorrect(outputs, inputs.fields, batch);
        const total = this.total(losses, outputs, added, inputs.fields) as Scalar;
        release();
        return total;
      }, variables);
      const watched = this.watching ? watch(this.built.weights, grads) : null;
      if (updater.apply(variables, grads, this.rate(plan, course))) {
        constrain(this.built.weights.filter(({ variable }) => variables.includes(variable)));
        averages?.follow(variables);
      }
      const signals = watched ? measure(watched) : null;
      return { loss: value, correct, samples: inputs.samples, signals };
    } finally {
      dispose(inputs.all);
    }
  }

  /** @param added what layers add to the loss; given up here */
  private total(
    losses: readonly CompiledLoss[],
    outputs: readonly Tensor[],
    added: readonly Scalar[],
    fields: Fields,
  ): Tensor {
    let total: Tensor = scalar(0);
    for (const loss of losses) total = add(total, this.one(loss, outputs, fields));
    for (const loss of [...added, penaltyOf(this.built.weights)]) total = add(total, loss);
    dispose([...added]);
    return total;
  }

  private one(loss: CompiledLoss, outputs: readonly Tensor[], fields: Fields): Tensor {
    const prediction = outputs[loss.prediction];
    const target = 'field' in loss.target ? fields[loss.target.field] : outputs[loss.target.output];
    if (!prediction || !target) throw new Error(`The loss “${loss.node}” has no target in this data set.`);
    const weights = loss.sampleWeights === null ? null : fields[loss.sampleWeights];
    if (weights === undefined) throw new Error(`The data set has no field “${loss.sampleWeights}” of weights.`);
    return mul(lossOf(loss, target, prediction, { weights, mask: maskOf(prediction) }), loss.weight);
  }

  private forward(inputs: readonly Tensor[], training: boolean): Tensor[] {
    const result = this.built.model.apply(inputs.length === 1 && inputs[0] ? inputs[0] : [...inputs], { training });
    return (Array.isArray(result) ? result : [result]) as Tensor[];
  }

  /** Outside the tape in effect: no weight depends on it. Kept beyond it. */
  private countCorrect(outputs: readonly Tensor[], fields: Fields, batch: Batch): Tensor | null {
    const loss = this.classifier;
    if (!loss || !('field' in loss.target) || !batch[loss.target.field]?.isClass) return null;
    const [prediction, target] = [outputs[loss.prediction], fields[loss.target.field]];
    if (!prediction || !target) return null;
    const width = prediction.shape.at(-1) ?? 1;
    const threshold = thresholdOf(loss, width);
    if (prediction.size / (threshold === null ? width : 1) !== target.size) return null;
    return keep(
      tidy(() => {
        const chosen = threshold === null ? argMax(prediction, -1) : cast(greater(prediction, threshold), 'int32');
        const right = cast(equal(reshape(chosen, [target.size]), reshape(target, [target.size])), 'float32');
        const mask = maskOf(prediction);
        if (mask?.size !== target.size) return stack([sum(right), scalar(target.size)]);
        const real = cast(reshape(mask, [target.size]), 'float32');
        return stack([sum(mul(right, real)), sum(real)]);
      }),
    );
  }

  private tensors(batch: Batch) {
    const fields: Record<string, Tensor> = {};
    let samples = 0;
    for (const [name, { data, shape, dtype }] of Object.entries(batch)) {
      samples = data.length / shape.reduce((a, b) => a * b, 1);
      fields[name] = tensor(data, [samples, ...shape], dtype);
    }
    const model = this.network.inputs.map(({ field, node }) => {
      const found = fields[field];
      if (!found) throw new Error(`The input “${node}” reads “${field}”, which the data set does not have.`);
      return found;
    });
    return { fields, model, samples, all: Object.values(fields) };
  }

  /**
   * The mean loss over a batch and the raw values of one output, row-major.
   * @param output index into the model's outputs
   * @param carried what stateful layers remember of the batches before this one; nothing where it stands alone
   */
  async evaluate(batch: Batch, output: number, carried?: Carried): Promise<Evaluation> {
    const inputs = this.tensors(batch);
    const [loss, values, real] = this.apart(carried, () =>
      tidy((): Tensor[] => {
        const { result, release } = keepingMasks(() => collectLosses(() => this.forward(inputs.model, false)));
        const [outputs, added] = result;
        const shown = outputs[output];
        if (!shown) throw new Error(`The model has no output ${output}.`);
        const total = this.total(this.network.losses, outputs, added, inputs.fields);
        const mask = maskOf(shown);
        const places = mask ? [cast(mask, 'float32')] : [];
        release();
        return [total, shown.clone(), ...places];
      }),
    ) as [Tensor, Tensor, Tensor?];
    try {
      const [[mean = Number.NaN], raw, mask] = await Promise.all([
        readBack(loss),
        readBack(values),
        real ? readBack(real) : null,
      ]);
      return { loss: mean, outputs: Float32Array.from(raw), mask: mask && Float32Array.from(mask) };
    } finally {
      dispose([loss, values, ...(real ? [real] : []), ...inputs.all]);
    }
  }

  /** What a batch is when it reaches a layer, for the first time where it is called several times; row-major. */
  async reaching(layer: string, batch: Batch): Promise<Float32Array> {
    const { model } = this.built;
    const part = modelOf({ inputs: model.inputs, outputs: model.getLayer(layer).getInputAt(0) });
    const inputs = this.tensors(batch);
    const values = tidy(() => {
      const [only, ...others] = inputs.model;
      const found = part.apply(only && others.length === 0 ? only : inputs.model, { training: false });
      return (Array.isArray(found) ? (found[0] as Tensor) : (found as Tensor)).clone();
    });
    try {
      return Float32Array.from(await readBack(values));
    } finally {
      dispose([values, ...inputs.all]);
    }
  }

  /** Raw values of one output for inputs given in the order of the network's inputs, one sample each. */
  async predict(inputs: readonly Float32Array[], output: number): Promise<Float32Array> {
    const values = this.apart(undefined, () =>
      tidy(() => {
        const tensors = this.network.inputs.map(({ shape, dtype }, at) => {
          const values = inputs[at] ?? new Float32Array();
          return tensor(values, [1, ...sizesOf(shape, values.length)], dtype);
        });
        const shown = this.forward(tensors, false)[output];
        if (!shown) throw new Error(`The model has no output ${output}.`);
        return shown.clone();
      }),
    );
    try {
      return Float32Array.from(await readBack(values));
    } finally {
      values.dispose();
    }
  }

  /** A pass that trains nothing: with the averages, and a memory of its own. */
  private apart<T>(carried: Carried | undefined, work: () => T): T {
    const pass = (): T => (carried ? carried.during(this.stateful, work) : work());
    return this.averaged(pass);
  }

  /** The weights as they predict: averages where a phase keeps them. */
  weights(): Promise<WeightValues[]> {
    return this.averaged(() => readWeights(this.built));
  }

  /** All there is to go on from, between two steps. */
  state(): Promise<TrainerState> {
    return saveState(this.built, this.phases, this.carried);
  }

  /** @throws Error where the state does not fit */
  restore(state: TrainerState): void {
    restoreState(this.built, this.phases, this.carried, state);
  }

  /** Does something with the averages in the weights' place. What is read must be asked for before it returns. */
  private averaged<T>(work: () => T): T {
    const plans = this.phases.filter(({ averages }) => averages !== null);
    const exchange = (): void => {
      for (const { averages, variables } of plans) averages?.exchange(variables);
    };
    exchange();
    try {
      return work();
    } finally {
      exchange();
    }
  }

  setWeights(values: ReadonlyMap<string, Float32Array>): void {
    setWeights(this.built, values);
  }

  dispose(): void {
    this.carried.forget();
    for (const { updater, averages } of this.phases) {
      updater.dispose();
      averages?.dispose();
    }
    this.built.dispose();
  }
}

/** Sizes for so many values: one that is open takes what there is. */
function sizesOf(shape: readonly (number | null)[], values: number): number[] {
  const known = shape.reduce<number>((product, size) => product * (size ?? 1), 1);
  const open = shape.indexOf(null);
  return shape.map((size, axis) => size ?? (axis === open ? values / known : 1));
}

export function disposeResult({ loss, correct, signals }: StepResult): void {
  // What nobody reads any more frees itself when it has come.
  signals?.catch(() => undefined);
  loss.dispose();
  correct?.dispose();
}

function planOf(network: CompiledNetwork, { weights }: BuiltModel, { minimise, train, optimizer }: Phase): PhasePlan {
  const losses = network.losses.filter(({ node }) => minimise === 'all' || minimise.includes(node));
  if (losses.length === 0)
    throw new Error('The network has no loss yet: add one, such as Cross-entropy, after the last layer.');
  const variables = weights
    .filter(({ trainable, node }) => trainable && (train === 'all' || train.includes(node)))
    .map(({ variable }) => variable);
  if (variables.length === 0) throw new Error('There is nothing to train: no layer has weights that are not frozen.');
  const { schedule = CONSTANT, averaging } = optimizer;
  return {
    losses,
    variables,
    updater: createUpdater(optimizer),
    schedule,
    plateau: schedule.type === 'plateau' ? new Plateau(schedule) : null,
    averages: averaging === undefined ? null : createAverages(averaging),
  };
}
