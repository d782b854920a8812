import { defineLayer, type Field, type Refusal, type RuleResult, type Tensor } from '../declaration';
import { isKnown } from '../dimension';
import { choice, real, reals } from '../params';
import {
  classShape,
  findTarget,
  lossInputs,
  misfit,
  scalarLoss,
  targetField,
  unweighable,
  weighing,
} from '../shared/losses';

const MODES = { categorical: 'One of several classes', binary: 'Yes or no' } as const;
const SCALES = { probabilities: 'Probabilities', logits: 'Logits (no softmax or sigmoid)' } as const;

type Mode = keyof typeof MODES;

const SQUASH = { categorical: 'softmax', binary: 'sigmoid' } as const satisfies Record<Mode, 'softmax' | 'sigmoid'>;

/** −Σ t·ln p, averaged over the batch. */
export const crossEntropy = defineLayer({
  type: 'crossEntropy',
  title: 'Cross-entropy',
  family: 'loss',
  role: 'loss',
  summary: 'How surprised the network is by the right class: the loss for classification.',
  keywords: ['loss', 'log loss', 'classification', 'nll', 'binary', 'categorical'],
  docs: {
    text: 'The negative logarithm of the probability given to the right answer, averaged over the batch. Categorical expects a probability for each class (softmax), binary a single one (sigmoid). Drawn with probabilities or with logits, it is always trained from logits inside, so that even a surely wrong answer still teaches something.',
    formula: 'L = -\\frac1N \\sum_n \\sum_k t_{n,k} \\ln p_{n,k}',
    source: {
      title: 'Goodfellow, Bengio & Courville 2016, §6.2',
      url: 'https://www.deeplearningbook.org/contents/mlp.html',
    },
  },
  params: {
    target: targetField('label'),
    mode: choice({
      label: 'Answer',
      help: 'One of several classes, or yes or no.',
      default: 'categorical',
      options: MODES,
    }),
    from: choice({
      label: 'Prediction is',
      help: 'What the network gives to this loss.',
      default: 'probabilities',
      options: SCALES,
    }),
    labelSmoothing: real({
      label: 'Label smoothing',
      help: 'Takes this share of the certainty away from the labels (Szegedy et al. 2016).',
      min: 0,
      below: 1,
      step: 0.05,
      default: 0,
      advanced: true,
    }),
    focusing: real({
      label: 'Focusing γ',
      help: 'Above 0, answers that are right already count less (Lin et al. 2017, focal loss); 2 is usual.',
      symbol: 'γ',
      min: 0,
      max: 10,
      step: 0.5,
      default: 0,
      advanced: true,
    }),
    classWeights: reals<readonly number[] | null>({
      label: 'Class weights',
      help: 'How much each class counts, such as 1, 1, 5. Empty: all alike.',
      min: 0,
      default: null,
      length: [2, 10_000],
      advanced: true,
    }),
    ...weighing,
  },
  inputs: lossInputs,
  digest: ({ mode, from, target }) => [mode, ...(from === 'logits' ? ['from logits'] : []), target],
  infer({ params: p, inputs: { in: prediction, target: wired }, fields }): RuleResult {
    const warnings = scaleWarnings(p.mode, p.from, prediction);
    const unfit = unweighable(p.sampleWeights, prediction, fields);
    if (unfit) return { refusal: unfit };
    if (wired) {
      const refusal = misfit(prediction, wired.shape, 'it is compared with the wired target value by value');
      return refusal ? { refusal } : scalarLoss(warnings);
    }
    const target = findTarget(p.target, fields);
    if (!target) return scalarLoss(warnings);
    if ('refusal' in target) return target;
    const refusal =
      fitsLabels(p.mode, prediction, target.field, p.target) ?? fitsWeights(p.classWeights, target.field, p.target);
    return refusal ? { refusal } : scalarLoss([...warnings, ...unmasked(prediction, target.field, p.target)]);
  },
});

/** Padding that no mask takes out is learnt like any answer, and makes the accuracy look better than it is. */
function unmasked({ masked = false }: Tensor, { padded = false }: Field, name: string): Refusal[] {
  if (masked || !padded) return [];
  return [
    {
      message: `“${name}” is padded, but no mask reaches the loss, so padding counts as an answer.`,
      why: 'An Embedding with “mask zero” makes a mask; layers that know masks hand it on.',
      port: 'in',
    },
  ];
}

function fitsLabels(mode: Mode, prediction: Tensor, target: Field, name: string): Refusal | null {
  if (target.kind !== 'class')
    return misfit(prediction, [prediction.shape[0] ?? 1, ...target.shape], `“${name}” has this shape`);
  const classes = target.classes?.length ?? 0;
  if (mode === 'categorical') {
    const last = prediction.shape.at(-1);
    const single = classes === 2 && last !== undefined && isKnown(last) && last === 1;
    const refusal = misfit(prediction, classShape(target, classes), `“${name}” has ${classes} classes`);
    if (!refusal || !single) return refusal;
    return {
      ...refusal,
      repairs: [
        { title: 'Answer yes or no instead', kind: 'setParams', params: { mode: 'binary' } },
        ...(refusal.repairs ?? []),
      ],
    };
  }
  if (classes !== 2) {
    return {
      message: `“${name}” has ${classes} classes; a yes-or-no answer knows two.`,
      param: 'mode',
      repairs: [{ title: 'One of several classes', kind: 'setParams', params: { mode: 'categorical' } }],
    };
  }
  return misfit(prediction, classShape(target, 1), 'a single value says yes or no');
}

function fitsWeights(weights: readonly number[] | null, { classes = [] }: Field, name: string): Refusal | null {
  if (weights === null || weights.length === classes.length) return null;
  return {
    message: `There are ${weights.length} class weights, but “${name}” has ${classes.length} classes.`,
    param: 'classWeights',
    repairs: [{ title: 'Let all classes count alike', kind: 'resetParam', param: 'classWeights' }],
  };
}

/** The drawn activation and the loss must agree on who turns scores into probabilities. */
function scaleWarnings(mode: Mode, from: keyof typeof SCALES, { squashed }: Tensor): Refusal[] {
  const wanted = SQUASH[mode];
  if (from === 'logits' && squashed) {
    return [
      {
        message: `The prediction went through ${squashed} already, but the loss expects logits.`,
        why: `The loss would apply ${wanted} a second time, which makes learning slow.`,
        param: 'from',
        repairs: [{ title: 'Say that these are probabilities', kind: 'setParams', params: { from: 'probabilities' } }],
      },
    ];
  }
  if (from === 'probabilities' && squashed !== wanted) {
    return [
      {
        message: `The loss expects probabilities, but the prediction does not come from ${wanted}.`,
        why: `Only ${wanted} makes values that ${mode === 'categorical' ? 'sum to one' : 'lie between zero and one'}.`,
        port: 'in',
        repairs: [
          { title: `End in ${wanted}`, kind: 'setActivation', port: 'in', activation: wanted },
          { title: 'Say that these are logits', kind: 'setParams', params: { from: 'logits' } },
        ],
      },
    ];
  }
  return [];
}
