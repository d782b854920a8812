/** A step of one of the networks, as it is trained here. */
import { compile } from '@/compiler';
import { type Batch, disposeResult, readBack, Trainer } from '@/engine';
import { fieldsOf, NETWORKS, type NetworkName, samples } from './networks';

/** On the backend in use. @returns a step that gives its loss */
export async function preparedStep(name: NetworkName): Promise<() => Promise<number>> {
  const { shape, document } = NETWORKS[name];
  const drawn = await document();
  const network = compile(drawn, { fields: fieldsOf(shape), logits: true });
  const trainer = await Trainer.create(network, drawn.training.phases, 1);
  const { x, labels } = samples(shape);
  const batch: Batch = {
    image: { data: x, shape, dtype: 'float32' },
    label: { data: labels, shape: [], dtype: 'int32' },
  };
  return async () => {
    const result = trainer.step(batch);
    const [loss = Number.NaN] = await readBack(result.loss);
    disposeResult(result);
    return loss;
  };
}
