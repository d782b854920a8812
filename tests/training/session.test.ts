import { describe, expect, it } from 'vitest';
import { DatasetError } from '@/datasets';
import type { Json } from '@/document';
import { tensorsHeld } from '@/engine';
import type { RunEvent, WeightBundle } from '@/training/protocol';
import { network, pictures, points, recorded, sgd, statuses, told } from './support';

describe('a run', () => {
  it('tells what it does, in order, and learns', async () => {
    const { session, events } = recorded();
    await session.start({ document: network({ epochs: 8 }), backend: 'wasm' });
    expect(statuses(events)).toEqual(['preparing', 'training', 'finished']);
    const [backend] = told(events, 'backend');
    expect(backend).toMatchObject({ backend: 'wasm', threads: 1 });
    const epochs = told(events, 'epoch').map(({ result }) => result);
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual(epochs.map((_, at) => [at + 1, 4 * (at + 1)]));
    expect(epochs.at(-1)?.validationAccuracy).toBeGreaterThan(0.9);
    expect(epochs.at(-1)?.loss).toBeLessThan(epochs[0]?.loss ?? 0);
    const kinds = events.map(({ type }) => type);
    expect(kinds.lastIndexOf('weights')).toBeGreaterThan(kinds.lastIndexOf('epoch'));
  });

  it('counts every sample of an epoch once, the last short batch included', async () => {
    const { session, events } = recorded();
    await session.start({ document: network({ epochs: 1 }), backend: 'wasm' });
    const steps = points(events);
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
    const sizes = [32, 32, 32, 4];
    const loss = steps.reduce((sum, point, at) => sum + point.loss * (sizes[at] ?? 0), 0) / 100;
    const right = steps.reduce((sum, point, at) => sum + (point.accuracy ?? 0) * (sizes[at] ?? 0), 0);
    const [epoch] = told(events, 'epoch');
    expect(epoch?.result.loss).toBeCloseTo(loss, 6);
    expect(epoch?.result.accuracy).toBeCloseTo(right / 100, 6);
    expect(Number.isInteger(Math.round(right * 1e6) / 1e6)).toBe(true);
  });

  it('holds a part out where the data have no test part', async () => {
    const { session, events } = recorded({ dataset: pictures(100, 0) });
    await session.start({ document: network({ epochs: 1, validationSplit: 0.25 }), backend: 'wasm' });
    const [probe] = told(events, 'probe');
    const sum = probe?.probe.confusion?.flat().reduce((a, b) => a + b, 0);
    expect(sum).toBe(25);
    expect(told(events, 'steps').at(-1)?.progress.stepsPerEpoch).toBe(3);
  });

  it('trains without validation, too', async () => {
    const { session, events } = recorded();
    await session.start({ document: network({ epochs: 1, validationSplit: 0 }), backend: 'wasm' });
    expect(told(events, 'epoch')[0]?.result).toMatchObject({ validationLoss: null, validationAccuracy: null });
    expect(statuses(events).at(-1)).toBe('finished');
  });

  it.each(['wasm', 'cpu'] as const)('the same seed gives the same curve to the last digit on %s', async (backend) => {
    const run = async (seed: number, shuffle = true) => {
      const { session, events } = recorded();
      await session.start({ document: network({ seed, shuffle, epochs: 2 }), backend });
      session.dispose();
      return points(events).map(({ loss }) => loss);
    };
    const once = await run(1);
    expect(await run(1)).toEqual(once);
    expect(await run(2)).not.toEqual(once);
    expect(await run(1, false)).not.toEqual(once);
  });

  it('holds no more memory from the second epoch on, and none once disposed of', async () => {
    const before = tensorsHeld();
    const held: ReturnType<typeof tensorsHeld>[] = [];
    const on = (event: RunEvent) => {
      if (event.type === 'epoch') held.push(tensorsHeld());
    };
    const { session } = recorded({ on });
    await session.start({ document: network({ epochs: 5 }), backend: 'wasm' });
    for (const later of held.slice(2)) expect(later).toEqual(held[1]);
    session.dispose();
    expect(tensorsHeld().tensors).toBe(before.tensors);
  });

  it('foresees its end', async () => {
    const { session, events } = recorded();
    await session.start({ document: network({ epochs: 3 }), backend: 'wasm' });
    const progress = told(events, 'steps').map((event) => event.progress);
    expect(progress.at(-1)).toMatchObject({ epoch: 3, epochs: 3, stepInEpoch: 4, stepsPerEpoch: 4 });
    expect(progress.at(-1)?.secondsLeft).toBeLessThan(1);
    expect(progress.at(-1)?.stepsPerSecond).toBeGreaterThan(0);
    expect(progress.at(-1)?.samplesPerSecond).toBeGreaterThan(0);
  });
});

describe('pause, step, resume, stop', () => {
  const UNDISTURBED = network({ epochs: 3, seed: 4 });

  const undisturbed = async (): Promise<number[]> => {
    const { session, events } = recorded();
    await session.start({ document: UNDISTURBED, backend: 'wasm' });
    return points(events).map(({ loss }) => loss);
  };

  const status = (events: RunEvent[], wanted: string, count = 1): Promise<void> =>
    expect.poll(() => statuses(events).filter((each) => each === wanted).length, { interval: 1 }).toBe(count);

  it('begins at rest, does single batches, and then has the same curve as ever', async () => {
    const { session, events } = recorded();
    const run = session.start({ document: UNDISTURBED, backend: 'wasm', paused: true });
    await status(events, 'paused');
    expect(points(events)).toEqual([]);
    session.step();
    await status(events, 'paused', 2);
    expect(points(events)).toHaveLength(1);
    session.step();
    await status(events, 'paused', 3);
    expect(points(events)).toHaveLength(2);
    expect(told(events, 'weights').length).toBeGreaterThanOrEqual(3);
    session.resume();
    await run;
    expect(points(events).map(({ loss }) => loss)).toEqual(await undisturbed());
    expect(statuses(events).at(-1)).toBe('finished');
  });

  it('rests within 200 ms, holds still, and goes on as if nothing had been', async () => {
    const dataset = pictures(2000, 40);
    const document = network({ epochs: 50 });
    const { session, events } = recorded({ dataset });
    const run = session.start({ document, backend: 'wasm' });
    await expect.poll(() => points(events).length, { interval: 1 }).toBeGreaterThan(0);
    const asked = performance.now();
    session.pause();
    await status(events, 'paused');
    expect(performance.now() - asked).toBeLessThan(200);
    const count = events.length;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(events.length).toBe(count);
    session.resume();
    await expect.poll(() => events.length, { interval: 1 }).toBeGreaterThan(count + 1);
    await session.stop();
    await run;
    expect(statuses(events)).toEqual(['preparing', 'training', 'paused', 'training', 'stopped']);
    expect(events.at(-2)?.type).toBe('weights');
  });

  it('rests during a validation, too', async () => {
    const { session, events } = recorded({ on: (event) => event.type === 'steps' && session.pause() });
    const run = session.start({ document: network({ epochs: 1, batchSize: 100 }), backend: 'wasm' });
    await status(events, 'paused');
    expect(told(events, 'epoch')).toEqual([]);
    session.resume();
    await run;
    expect(told(events, 'epoch')).toHaveLength(1);
  });

  it('stops at rest, and before the first batch', async () => {
    const { session, events } = recorded();
    const run = session.start({ document: UNDISTURBED, backend: 'wasm', paused: true });
    await status(events, 'paused');
    await session.stop();
    await run;
    expect(statuses(events).at(-1)).toBe('stopped');
  });

  it('stops while the data load', async () => {
    const { session, events } = recorded({
      loadData: (_, __, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('broken off')))),
    });
    const run = session.start({ document: UNDISTURBED, backend: 'wasm' });
    await status(events, 'preparing');
    await session.stop();
    await run;
    expect(statuses(events)).toEqual(['preparing', 'stopped']);
    expect(told(events, 'failure')).toEqual([]);
  });

  it('does one run at a time, and another after it', async () => {
    const { session, events } = recorded();
    const run = session.start({ document: UNDISTURBED, backend: 'wasm' });
    await expect(session.start({ document: UNDISTURBED, backend: 'wasm' })).rejects.toThrow('going on');
    await run;
    await session.start({ document: UNDISTURBED, backend: 'cpu' });
    expect(statuses(events).filter((each) => each === 'finished')).toHaveLength(2);
  });
});

describe('failures are said, with a next step', () => {
  const failure = async (
    ...[options, document, weights]: [Parameters<typeof recorded>[0], typeof NETWORK, WeightBundle?]
  ) => {
    const { session, events } = recorded(options);
    await session.start({ document, backend: 'wasm', ...(weights && { weights }) });
    expect(statuses(events).at(-1)).toBe('failed');
    return told(events, 'failure')[0];
  };
  const NETWORK = network();

  it('numbers that grow without bound', async () => {
    const found = await failure({}, network({ phases: sgd(1e30), epochs: 5 }));
    expect(found).toMatchObject({ code: 'not-a-number', next: expect.stringContaining('learning rate') });
  });

  it('data that do not come', async () => {
    const loadData = () => Promise.reject(new DatasetError('missing', 'No connection.'));
    expect(await failure({ loadData }, NETWORK)).toMatchObject({ code: 'data', message: 'No connection.' });
    const { dataset: _, ...training } = NETWORK.training;
    expect(await failure({}, { ...NETWORK, training })).toMatchObject({ code: 'data' });
  });

  it('a network with a problem', async () => {
    const { loss: _, ...nodes } = NETWORK.graph.nodes;
    const edges = NETWORK.graph.edges.filter(({ to }) => to[0] !== 'loss');
    const aimless = { ...NETWORK, graph: { nodes, edges } };
    expect(await failure({}, aimless)).toMatchObject({ code: 'network', message: expect.stringContaining('loss') });
  });

  it('weights of another network', async () => {
    const misfit = { tensors: [{ name: 'conv/kernel', shape: [1], data: new Float32Array(1) }], epoch: 1 };
    expect(await failure({}, NETWORK, misfit)).toMatchObject({
      code: 'network',
      message: expect.stringContaining('conv/kernel'),
    });
  });

  it('and the next run is sound', async () => {
    const { session, events } = recorded();
    await session.start({ document: network({ phases: sgd(1e30) }), backend: 'wasm' });
    expect(() => session.step()).not.toThrow();
    await expect(session.probe()).rejects.toThrow('no trained network');
    await session.start({ document: NETWORK, backend: 'wasm' });
    expect(statuses(events).at(-1)).toBe('finished');
  });
});

describe('a trained network', () => {
  const sample = Float32Array.from({ length: 16 }, (_, at) => (at < 8 ? 0.7 : 0.2));

  async function trained() {
    const { session, events } = recorded();
    await session.start({ document: network({ epochs: 6 }), backend: 'wasm' });
    return { session, events };
  }

  it('predicts one sample', async () => {
    const { session } = await trained();
    const chances = await session.predict(sample);
    expect(chances.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    expect(chances.indexOf(Math.max(...chances))).toBe(0);
    await expect(session.predict(sample.subarray(1))).rejects.toThrow('16 values');
  });

  it('shows what it gets wrong: counts over all validation samples, at most 60 of them, wrong ones first', async () => {
    const dataset = pictures(60, 200);
    const { session, events } = recorded({ dataset });
    await session.start({ document: network({ epochs: 1 }), backend: 'wasm' });
    const probe = await session.probe();
    expect(probe).toEqual(told(events, 'probe').at(-1)?.probe);
    expect(probe.confusion?.flat().reduce((a, b) => a + b, 0)).toBe(200);
    expect(probe.samples).toHaveLength(60);
    const wrong = probe.samples.map(({ actual, predicted }) => actual !== predicted);
    expect(wrong).toEqual([...wrong].sort((a, b) => Number(b) - Number(a)));
    for (const { index, actual, predicted, probabilities, image } of probe.samples) {
      expect(index).toBeGreaterThanOrEqual(60);
      expect(actual).toBe(dataset.columns.label?.data[index]);
      expect(predicted).toBe(probabilities.indexOf(Math.max(...probabilities)));
      expect(image?.pixels).toEqual(dataset.columns.image?.data.slice(index * 16, index * 16 + 16));
    }
  });

  it('is the same again from its weights', async () => {
    const { session } = await trained();
    const [weights, chances, probe] = [await session.weights(), await session.predict(sample), await session.probe()];
    expect(weights.epoch).toBe(6);
    const { session: other, events } = recorded();
    await other.load({ document: network(), weights, backend: 'wasm' });
    expect(await other.predict(sample)).toEqual(chances);
    expect(await other.probe()).toEqual(probe);
    await other.start({ document: network({ epochs: 1 }), backend: 'wasm', weights });
    expect(told(events, 'weights').at(-1)?.weights.epoch).toBe(7);
    expect(points(events)[0]?.loss).toBeLessThan(0.5);
  });

  it('is none before it is trained', async () => {
    const { session } = recorded();
    await expect(session.predict(sample)).rejects.toThrow('no trained network');
    await expect(session.weights()).rejects.toThrow('no trained network');
  });
});

describe('other losses', () => {
  const withLoss = (type: string, params: Record<string, Json>, dense: Record<string, Json>) => {
    const document = network({ epochs: 8 });
    const { loss: _, dense: __, ...nodes } = document.graph.nodes;
    const changed = { ...nodes, dense: { type: 'dense', params: dense }, loss: { type, params } };
    return { ...document, graph: { ...document.graph, nodes: changed } };
  };

  it('a squared error against a class teaches classes, and its right answers are counted', async () => {
    const { session, events } = recorded();
    const document = withLoss('meanSquaredError', { target: 'label' }, { units: 3 });
    await session.start({ document, backend: 'wasm' });
    const last = told(events, 'epoch').at(-1)?.result;
    expect(last?.accuracy).toBeGreaterThan(0.8);
    expect(last?.validationAccuracy).toBeGreaterThan(0.8);
    expect(
      told(events, 'probe')
        .at(-1)
        ?.probe.confusion?.flat()
        .reduce((a, b) => a + b, 0),
    ).toBe(40);
  });

  it.each(['sigmoid', 'linear'])('yes or no, from a %s', async (activation) => {
    const dataset = pictures(100, 40, 2);
    const { session, events } = recorded({ dataset });
    const from = activation === 'linear' ? 'logits' : 'probabilities';
    const document = withLoss('crossEntropy', { target: 'label', mode: 'binary', from }, { units: 1, activation });
    await session.start({ document, backend: 'wasm' });
    const last = told(events, 'epoch').at(-1)?.result;
    expect(last?.accuracy).toBeGreaterThan(0.9);
    expect(last?.validationAccuracy).toBeGreaterThan(0.9);
    const chances = await session.predict(Float32Array.from({ length: 16 }, (_, at) => (at < 8 ? 0.7 : 0.2)));
    expect(chances).toHaveLength(2);
    expect(chances[0]).toBeGreaterThan(0.5);
  });
});

describe('Auto', () => {
  it('times a step on each backend and takes the fastest', async () => {
    const { session, events } = recorded();
    await session.start({ document: network({ epochs: 1 }), backend: 'auto' });
    const [chosen] = told(events, 'backend');
    const [wasm, cpu] = chosen?.timings ?? [];
    expect([wasm?.backend, cpu?.backend]).toEqual(['wasm', 'cpu']);
    expect(wasm?.ms).toBeGreaterThan(0);
    const times = (chosen?.timings ?? []).flatMap(({ backend, ms }) => (ms === null ? [] : [{ backend, ms }]));
    expect(chosen?.backend).toBe(times.sort((a, b) => a.ms - b.ms)[0]?.backend);
  });

  it('does not try plain JavaScript on a network that is too large for it', async () => {
    const large = network({ epochs: 1 });
    const conv = { type: 'conv2d', params: { filters: 256, kernelSize: [4, 4], padding: 'same' } };
    const { session, events } = recorded();
    const document = { ...large, graph: { ...large.graph, nodes: { ...large.graph.nodes, conv } } };
    await session.start({ document, backend: 'auto' });
    expect(told(events, 'backend')[0]?.timings[1]).toMatchObject({ backend: 'cpu' });
  });

  it('takes what it found before', async () => {
    const { session, events } = recorded();
    const timings = [{ backend: 'cpu' as const, ms: 1 }];
    await session.start({
      document: network({ epochs: 1 }),
      backend: 'auto',
      remembered: { backend: 'cpu', threads: 1, timings },
    });
    expect(told(events, 'backend')[0]).toMatchObject({ backend: 'cpu', timings });
  });

  it('says why, where none can run', async () => {
    const { session, events } = recorded({ candidates: ['webgpu'] });
    await session.start({ document: network(), backend: 'auto' });
    expect(told(events, 'failure')[0]).toMatchObject({ code: 'backend', message: expect.stringContaining('webgpu') });
  });
});
