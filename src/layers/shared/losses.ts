/** What the losses share: where their target comes from and whether a prediction fits it. */
import type { Field, LayerSpec, Refusal, Repair, RuleResult, Tensor } from '../declaration';
import { BATCH, type Dim, formatShape, isKnown, sameSize } from '../dimension';
import { field, optionalField, real } from '../params';

export const targetField = (fallback: string) =>
  field({
    label: 'Target',
    help: 'The field of the data set the prediction is compared with. A wire into “target” takes its place.',
    default: fallback,
  });

/** How much a loss counts beside others, and each sample in it. */
export const weighing = {
  weight: real({
    label: 'Weight',
    help: 'What the loss is multiplied by before it is added to the others.',
    min: 0,
    step: 0.1,
    default: 1,
    advanced: true,
  }),
  sampleWeights: optionalField({
    label: 'Sample weights',
    help: 'A field of numbers that says how much each sample counts, or each of its steps. The mean is still over all.',
    advanced: true,
  }),
} as const;

type Weighing = typeof weighing;

/** Why a field cannot say how much each sample, or each place of the prediction, counts; null where it can. */
export function unweighable(
  name: string | null,
  prediction: Tensor,
  fields: Readonly<Record<string, Field>> | undefined,
): Refusal | null {
  if (name === null || !fields) return null;
  const repairs: Repair[] = [{ title: 'Let all samples count alike', kind: 'resetParam', param: 'sampleWeights' }];
  const refuse = (message: string): Refusal => ({ message, param: 'sampleWeights', repairs });
  const found = fields[name];
  if (!found) return refuse(`The data set has no field “${name}” to weigh samples with.`);
  if (found.kind !== 'number') return refuse(`“${name}” holds no numbers to weigh samples with.`);
  const places = prediction.shape.slice(1, -1);
  const fits =
    found.shape.length <= places.length &&
    found.shape.every((size, axis) => sameSize(size, places[axis] ?? size) !== false);
  if (fits) return null;
  return refuse(
    `“${name}” is ${formatShape([BATCH, ...found.shape])}, but there is one loss for each place of ${formatShape(prediction.shape.slice(0, -1))}.`,
  );
}

export const lossInputs = {
  in: { title: 'Prediction' },
  target: { title: 'Target', optional: true },
} as const;

/** A loss is one number for the whole batch. */
export const scalarLoss = (warnings: readonly Refusal[] = []): RuleResult => ({
  output: { shape: [], dtype: 'float32' },
  ...(warnings.length > 0 && { warnings }),
});

/** The field a loss reads, or the problem that there is none; null while no data set is chosen. */
export function findTarget(
  name: string,
  fields: Readonly<Record<string, Field>> | undefined,
): { field: Field } | { refusal: Refusal } | null {
  if (!fields) return null;
  const found = fields[name];
  if (found) return { field: found };
  const names = Object.keys(fields);
  return {
    refusal: {
      message: `The data set has no field “${name}” to compare with. It has ${names.map((other) => `“${other}”`).join(', ')}.`,
      param: 'target',
      repairs: names.map((other) => ({
        title: `Compare with “${other}”`,
        kind: 'setParams' as const,
        params: { target: other },
      })),
    },
  };
}

/** What a prediction must look like so that there is one value for each class of each label. */
export const classShape = (target: Field, classes: number): Dim[] => [BATCH, ...target.shape, classes];

/**
 * The problem of a prediction of the wrong shape; null where it fits.
 * @param reason why this shape is wanted, in words
 */
export function misfit(prediction: Tensor, expected: readonly Dim[], reason: string): Refusal | null {
  const { shape } = prediction;
  const fits =
    shape.length === expected.length && shape.every((size, axis) => sameSize(size, expected[axis] ?? size) !== false);
  if (fits) return null;
  const last = expected.at(-1);
  const sameElsewhere =
    shape.length === expected.length &&
    shape.slice(0, -1).every((size, axis) => sameSize(size, expected[axis] ?? size) !== false);
  const repairs: Repair[] = [];
  if (sameElsewhere && last !== undefined && isKnown(last)) {
    repairs.push({ title: `Make the last layer ${last} wide`, kind: 'resizeSource', port: 'in', size: last });
  } else if (expected.length === 2 && shape.length > 2 && last !== undefined && isKnown(last)) {
    repairs.push({
      title: `Insert Flatten and Dense(${last})`,
      kind: 'insertBefore',
      port: 'in',
      layers: [{ type: 'flatten' }, { type: 'dense', params: { units: last } }],
    });
  }
  return {
    message: `The prediction is ${formatShape(shape)}, but ${formatShape(expected)} is needed: ${reason}.`,
    port: 'in',
    repairs,
  };
}

type Specs = { target: ReturnType<typeof targetField> };

/**
 * The parts of a loss's declaration that follow from its comparing a prediction with a target value by value;
 * a class becomes a row with a one.
 */
export function comparison<S extends Specs>(
  params: S,
): Pick<LayerSpec<S & Weighing, typeof lossInputs>, 'family' | 'role' | 'params' | 'inputs' | 'digest' | 'infer'> {
  return {
    family: 'loss',
    role: 'loss',
    params: { ...params, ...weighing },
    inputs: lossInputs,
    digest: ({ target }) => [String(target)],
    infer({ params: given, inputs: { in: prediction, target: wired }, fields }): RuleResult {
      const { target: name, sampleWeights } = given as { target: string; sampleWeights: string | null };
      const unfit = unweighable(sampleWeights, prediction, fields);
      if (unfit) return { refusal: unfit };
      if (wired) {
        const refusal = misfit(prediction, wired.shape, 'it is compared with the wired target value by value');
        return refusal ? { refusal } : scalarLoss();
      }
      const target = findTarget(String(name), fields);
      if (!target) return scalarLoss();
      if ('refusal' in target) return target;
      const { field: found } = target;
      const classes = found.classes?.length ?? 1;
      const isClass = found.kind === 'class';
      // Two classes may also be told by one value.
      const one = isClass && classes === 2 && prediction.shape.at(-1) === 1;
      const expected = isClass ? classShape(found, one ? 1 : classes) : [BATCH, ...found.shape];
      const reason = isClass ? `“${name}” has ${classes} classes` : `“${name}” has this shape`;
      const refusal = misfit(prediction, expected, reason);
      return refusal ? { refusal } : scalarLoss();
    },
  };
}
