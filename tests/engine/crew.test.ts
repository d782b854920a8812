/** Threads that share an operation, as a browser's workers do: in Node tfjs has no memory to share, so it is made here. */
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHARED } from '@/engine/native/binary';
import { Control, controlBytes, type Doing } from '@/engine/native/crew/control';
import type { HelperStart } from '@/engine/native/crew/helper';
import { doingOf, WORKS } from '@/engine/native/crew/works';

const HELPERS = 3;

/** A thread of Node's cannot begin with TypeScript. */
const HELPER = new URL('./crewHelper.ts', import.meta.url).href;
const BEGIN = `import('tsx/esm/api').then(({ tsImport }) => tsImport('${HELPER}', '${import.meta.url}'))`;

const memory = new WebAssembly.Memory({ initial: 64, maximum: 65_536, shared: true });
const numbers = new Float32Array(memory.buffer);
const control = new Control(new SharedArrayBuffer(controlBytes));
const workers: Worker[] = [];
let doing: Doing = () => undefined;

beforeAll(async () => {
  const module = new WebAssembly.Module(Buffer.from(SHARED, 'base64'));
  doing = doingOf(new WebAssembly.Instance(module, { env: { memory } }).exports);
  const started = Array.from({ length: HELPERS }, (_, at) => {
    const workerData: HelperStart = { module, memory, control: control.buffer, lane: at + 1 };
    const worker = new Worker(BEGIN, { workerData, eval: true });
    workers.push(worker);
    return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  });
  await Promise.all(started);
});

afterAll(() => Promise.all(workers.map((worker) => worker.terminate())));

describe('a crew', () => {
  const [M, K, N] = [97, 61, 43];
  const [a, b, c, room] = [0, 4 * M * K, 4 * (M * K + K * N), 1 << 20];
  const work = WORKS.indexOf('multiply');
  const [units, roomEach] = [Math.ceil(N / 8), 16_384];
  const product = [a, b, c, M, K, N, 0, 0, 0, 0];
  const result = numbers.subarray(c / 4, c / 4 + M * N);

  it('gives what one alone gives, to the last digit, time and again', () => {
    for (let at = 0; at < c / 4; at++) numbers[at] = Math.sin(at);
    doing(work, product, 0, units, room);
    const wanted = result.slice();
    for (let round = 0; round < 150; round++) {
      result.fill(Number.NaN);
      control.lead({ work, units, numbers: product, room, roomEach }, 1 + (round % units), doing);
      expect(result).toEqual(wanted);
    }
  });

  it('does works of other lengths one after the other, each ticket once', () => {
    const [from, to] = [0, 1 << 19];
    const drop = WORKS.indexOf('drop');
    for (let round = 1; round < 150; round++) {
      const count = (round * 7919) % 100_000;
      numbers.fill(1, 0, count + 8);
      numbers.fill(0, to / 4, to / 4 + count + 8);
      const job = { work: drop, units: Math.ceil(count / 4096), numbers: [from, to, 7, 0, 1, count], room, roomEach };
      control.lead(job, Math.max(1, Math.min(job.units, 9)), doing);
      const written = numbers.subarray(to / 4, to / 4 + count + 8);
      expect(written.subarray(0, count).every((value) => value === 1)).toBe(true);
      expect(written.subarray(count).every((value) => value === 0)).toBe(true);
    }
  });

  it('says so where a participant fails, and goes on with the next work', () => {
    const beyond = [0, 2 ** 31, 2 ** 31, M, K, N, 0, 0, 0, 0];
    expect(() => control.lead({ work, units, numbers: beyond, room, roomEach }, units, doing)).toThrow();
    expect(() => control.lead({ work, units, numbers: product, room, roomEach }, units, doing)).not.toThrow();
  });
});
