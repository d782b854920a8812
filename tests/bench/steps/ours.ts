/** `ours.ts NETWORK BACKEND`: times steps of a network here; prints a line of JSON. */
import { compile } from '@/compiler';
import { type Backend, type Batch, disposeResult, prepareBackends, startBackend, Trainer } from '@/engine';
import { medianOf } from './measure';
import { fieldsOf, NETWORKS, type NetworkName, samples } from './networks';
import { sharesOf } from './profile';

/** Milliseconds to look at. */
const PROFILED = 1500;

const [name, backend] = process.argv.slice(2) as [NetworkName, Backend];
const { shape, document } = NETWORKS[name];
prepareBackends();
await startBackend(backend);
const drawn = await document();
const network = compile(drawn, { fields: fieldsOf(shape), logits: true });
const trainer = await Trainer.create(network, drawn.training.phases, 1);
const { x, labels } = samples(shape);
const batch: Batch = {
  image: { data: x, shape, dtype: 'float32' },
  label: { data: labels, shape: [], dtype: 'int32' },
};
const step = (): number => {
  const result = trainer.step(batch);
  const [loss = Number.NaN] = result.loss.dataSync();
  disposeResult(result);
  return loss;
};
const median = await medianOf(step);
const shares =
  backend === 'wasm'
    ? await sharesOf(async () => {
        const began = performance.now();
        while (performance.now() - began < PROFILED) step();
      })
    : [];
console.log(JSON.stringify({ median, shares }));
