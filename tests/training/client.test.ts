/** The client against a worker that is a message channel: what it passes on, and how it notices a death. */
import * as Comlink from 'comlink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signatureOf } from '@/training/backendMemory';
import { TrainingClient } from '@/training/client';
import type { BackendTiming, RunEvent, StartOptions } from '@/training/protocol';
import { network, told } from './support';

type Tell = (event: RunEvent) => void;

/** What stands in for the training side: `start` ends when the test says so. */
interface Service {
  tell: Tell;
  started: StartOptions[];
  end(): void;
}

let services: Service[] = [];
let workers: FakeWorker[] = [];

/** As much of a Worker as Comlink and the client touch. */
class FakeWorker {
  onerror: ((event: { message: string; preventDefault(): void }) => void) | null = null;
  terminated = false;
  private readonly channel = new MessageChannel();
  readonly addEventListener = this.channel.port1.addEventListener.bind(this.channel.port1);
  readonly removeEventListener = this.channel.port1.removeEventListener.bind(this.channel.port1);
  readonly postMessage = this.channel.port1.postMessage.bind(this.channel.port1);

  constructor() {
    workers.push(this);
    let end: () => void = () => undefined;
    const service: Service = { tell: () => undefined, started: [], end: () => end() };
    services.push(service);
    this.channel.port1.start();
    Comlink.expose(
      {
        listen: (to: Tell) => {
          service.tell = to;
        },
        alive: () => undefined,
        start: (options: StartOptions) => {
          service.started.push(options);
          return new Promise<void>((resolve) => {
            end = resolve;
          });
        },
        pause: async () => service.tell({ type: 'status', status: 'paused' }),
        predict: async (input: Float32Array) => Array.from(input, (value) => value * 2),
        probe: () => Promise.reject(new Error('There is no trained network yet.')),
      },
      this.channel.port2 as unknown as Comlink.Endpoint,
    );
  }

  terminate(): void {
    this.terminated = true;
    this.channel.port1.close();
    this.channel.port2.close();
  }
}

const storage = new Map<string, string>();

beforeEach(() => {
  services = [];
  workers = [];
  storage.clear();
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => storage.set(key, value),
  });
});

afterEach(() => {
  for (const worker of workers) worker.terminate();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const DOCUMENT = network();
const TIMINGS: BackendTiming[] = [
  { backend: 'wasm', ms: 3 },
  { backend: 'webgl', ms: null, note: 'not tried' },
];

async function started(backend: StartOptions['backend'] = 'wasm') {
  const client = new TrainingClient();
  const events: RunEvent[] = [];
  const silence = client.onEvent((event) => events.push(event));
  const run = client.start({ document: DOCUMENT, backend });
  await vi.waitFor(() => expect(services[0]?.started).toHaveLength(1));
  const service = services[0];
  if (!service) throw new Error('no worker was made');
  return { client, events, silence, run, service };
}

it('makes its worker when it is first needed, and passes commands on', async () => {
  const client = new TrainingClient();
  expect(workers).toHaveLength(0);
  expect(await client.predict(Float32Array.of(1, 2))).toEqual([2, 4]);
  await expect(client.probe()).rejects.toThrow('no trained network');
  expect(workers).toHaveLength(1);
});

it('passes events on, until it is told not to', async () => {
  const { client, events, run, service, silence } = await started();
  await client.pause();
  await vi.waitFor(() => expect(events).toEqual([{ type: 'status', status: 'paused' }]));
  silence();
  service.tell({ type: 'status', status: 'training' });
  service.end();
  await run;
  expect(events).toHaveLength(1);
});

describe('a worker that dies', () => {
  it('is told as a failure, once, and the next command gets another', async () => {
    const { client, events, run } = await started();
    const asked = client.pause();
    workers[0]?.onerror?.({ message: 'boom', preventDefault: () => undefined });
    await run;
    await asked.catch(() => undefined);
    expect(told(events, 'failure')).toMatchObject([{ code: 'worker', message: expect.stringContaining('boom') }]);
    expect(events.at(-1)).toEqual({ type: 'status', status: 'failed' });
    expect(workers[0]?.terminated).toBe(true);
    expect(await client.predict(Float32Array.of(1))).toEqual([2]);
    expect(workers).toHaveLength(2);
  });

  it('rejects what it was asked outside a run', async () => {
    const client = new TrainingClient();
    await client.predict(Float32Array.of(1));
    const events: RunEvent[] = [];
    client.onEvent((event) => events.push(event));
    const asked = client.weights();
    workers[0]?.onerror?.({ message: 'boom', preventDefault: () => undefined });
    await expect(asked).rejects.toThrow('boom');
    expect(events).toEqual([]);
  });

  it('is noticed when it says nothing any more', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const { events, run } = await started();
    // Nothing answers from now on, as when a browser has killed it.
    workers[0]?.terminate();
    await vi.advanceTimersByTimeAsync(90_000);
    await run;
    expect(told(events, 'failure')).toMatchObject([{ code: 'worker' }]);
  });

  it('is left alone while it answers', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const { events, run, service } = await started();
    for (let turn = 0; turn < 30; turn++) {
      await vi.advanceTimersByTimeAsync(5000);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    service.end();
    await run;
    expect(events).toEqual([]);
  });
});

it.each(['memory', 'backend'] as const)('after a %s failure the next run gets another worker', async (code) => {
  const { client, events, run, service } = await started();
  service.tell({ type: 'failure', code, message: '', next: '' });
  service.end();
  await run;
  await vi.waitFor(() => expect(events).toHaveLength(1));
  void client.start({ document: DOCUMENT, backend: 'wasm' });
  await vi.waitFor(() => expect(services[1]?.started).toHaveLength(1));
  expect(workers[0]?.terminated).toBe(true);
});

describe('what Auto found', () => {
  it('is remembered for the network, and given to its next run', async () => {
    const { client, run, service } = await started('auto');
    expect(service.started[0]?.remembered).toBeUndefined();
    service.tell({ type: 'backend', backend: 'wasm', threads: 4, timings: TIMINGS });
    await vi.waitFor(() => expect(storage.size).toBe(1));
    service.end();
    await run;
    void client.start({ document: { ...DOCUMENT, name: 'Renamed' }, backend: 'auto' });
    await vi.waitFor(() =>
      expect(service.started[1]?.remembered).toEqual({ backend: 'wasm', threads: 4, timings: TIMINGS }),
    );
  });

  it('is not of another network, nor of another batch size', () => {
    const signature = signatureOf(DOCUMENT);
    const { conv: _, ...nodes } = DOCUMENT.graph.nodes;
    expect(signatureOf({ ...DOCUMENT, name: 'Renamed' })).toBe(signature);
    expect(signatureOf({ ...DOCUMENT, graph: { ...DOCUMENT.graph, nodes } })).not.toBe(signature);
    expect(signatureOf(network({ batchSize: 8 }))).not.toBe(signature);
  });

  it('is passed over where it cannot be read', async () => {
    storage.set('tensorloom.backend.v1', '{broken');
    const { run, service } = await started('auto');
    expect(service.started[0]?.remembered).toBeUndefined();
    service.end();
    await run;
  });
});
