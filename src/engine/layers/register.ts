/** Our layers take the place of tfjs's under the same names, so a model's JSON stays the ecosystem's own. */
import { serialization } from '@tensorflow/tfjs-core';
import { BatchNormalization } from './batchNormalization';
import { Conv2D } from './conv2d';
import { Dense } from './dense';
import { Dropout } from './dropout';
import { Activation, ELU, GlobalAveragePooling2D, LeakyReLU } from './elementwise';

export function registerLayers(): void {
  for (const layer of [
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    ELU,
    GlobalAveragePooling2D,
    LeakyReLU,
  ]) {
    serialization.registerClass(layer as unknown as serialization.SerializableConstructor<serialization.Serializable>);
  }
}
