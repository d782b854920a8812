/** What many networks are made of, as links of a chain. */
import { optimizerSchema, type Training } from '@/document';
import type { Link } from './chain';

/** A number, or an expression over the parameters of the block that is drawn. */
export type Size = number | string;

export const link = (id: string, type: string, params?: Link['params'], from?: Link['from']): Link => ({
  id,
  type,
  ...(params && { params }),
  ...(from !== undefined && { from }),
});

export const relu = (id: string, from?: Link['from']): Link => link(id, 'activation', { function: 'relu' }, from);

/** The ports of a block with one way in and one way out. */
export const [blockIn, blockOut] = [link('in', 'blockInput'), link('out', 'blockOutput')];

/** An image of so many pixels a side; null for any. */
export const image = (side: number | null = 224, channels = 3): Link =>
  link('image', 'input', { shape: [side, side, channels] });

const softmax = (classes: number, from?: Link['from']): Link[] => [
  link('classes', 'dense', { units: classes, activation: 'softmax' }, from),
  link('loss', 'crossEntropy'),
];

/** Probabilities of the thousand classes of ImageNet, and the loss. */
export const imagenetClasses: readonly Link[] = softmax(1000);

/** The same from the average of each channel. */
export const imagenetHead: readonly Link[] = [link('average', 'globalAveragePooling2d'), ...imagenetClasses];

/** A run with Adam, at a rate of its own. */
export const withAdam = (
  learningRate: number,
  settings: Pick<Training, 'dataset' | 'batchSize' | 'epochs' | 'stopping'>,
): Partial<Training> => {
  const optimizer = optimizerSchema.parse({ type: 'adam', learningRate });
  return { ...settings, phases: [{ minimise: 'all', train: 'all', optimizer }] };
};
