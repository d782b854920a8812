/** Our layers take the place of tfjs's under the same names, so a model's JSON stays the ecosystem's own. */
import { serialization } from '@tensorflow/tfjs-core';
import { attentionClasses } from './attention';
import { convolutionClasses } from './convolution';
import { coreClasses } from './core';
import { mathsClasses } from './maths';
import { mergeClasses } from './merge';
import { normalizationClasses } from './normalization';
import { poolingClasses } from './pooling';
import { preprocessingClasses } from './preprocessing';
import { recurrentClasses } from './recurrent';
import { regularizationClasses } from './regularization';
import { shapeClasses } from './shape';

export function registerLayers(): void {
  const classes = [
    ...attentionClasses,
    ...convolutionClasses,
    ...coreClasses,
    ...mathsClasses,
    ...mergeClasses,
    ...normalizationClasses,
    ...poolingClasses,
    ...preprocessingClasses,
    ...recurrentClasses,
    ...regularizationClasses,
    ...shapeClasses,
  ];
  for (const layer of classes) {
    serialization.registerClass(layer as unknown as serialization.SerializableConstructor<serialization.Serializable>);
  }
}
