/** A helper as src/engine/native/crew/helper.ts is one, in a thread of Node's. */
import { parentPort, workerData } from 'node:worker_threads';
import { Control } from '@/engine/native/crew/control';
import type { HelperStart } from '@/engine/native/crew/helper';
import { doingOf } from '@/engine/native/crew/works';

const { module, memory, control, lane } = workerData as HelperStart;
const { exports } = new WebAssembly.Instance(module, { env: { memory } });
parentPort?.postMessage('ready');
new Control(control).help(lane, doingOf(exports));
