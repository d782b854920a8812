/** `profiled.ts NETWORK`: where steps of a network spend their time here, on WebAssembly in Node; prints a line of JSON. */
import { prepareBackends, startBackend } from '@/engine';
import type { NetworkName } from './networks';
import { preparedStep } from './ours';
import { sharesOf } from './profile';

/** Milliseconds to warm up, and to look at. */
const WARM = 1000;
const PROFILED = 1500;

const [name] = process.argv.slice(2) as [NetworkName];
prepareBackends();
await startBackend('wasm');
const step = await preparedStep(name);

async function during(milliseconds: number): Promise<void> {
  const began = performance.now();
  while (performance.now() - began < milliseconds) await step();
}

await during(WARM);
console.log(JSON.stringify(await sharesOf(() => during(PROFILED))));
