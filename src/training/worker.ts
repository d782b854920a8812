/** The training worker: answers the page's commands and streams events to it. */

import * as Comlink from 'comlink';
import { type Dataset, loadDataset } from '@/datasets';
import { readDocument } from '@/document';
import { WASM_FILES } from '@/engine/wasmFiles';
import type { RunEvent, TrainingCommands } from './protocol';
import { Session } from './session';

let listener: (event: RunEvent) => void = () => undefined;

/** Arrays are handed over, not copied: the worker makes a fresh copy for every event. */
function emit(event: RunEvent): void {
  const arrays =
    event.type === 'weights'
      ? event.weights.tensors.map(({ data }) => data.buffer)
      : event.type === 'probe'
        ? event.probe.samples.flatMap(({ image }) => (image ? [image.pixels.buffer] : []))
        : [];
  listener(arrays.length > 0 ? Comlink.transfer(event, arrays) : event);
}

/** The last data set stays loaded: training again begins at once. */
let loaded: { id: string; dataset: Dataset } | null = null;

const session = new Session({
  wasmFiles: WASM_FILES,
  emit,
  async loadData(id, onProgress, signal) {
    if (loaded?.id !== id) loaded = { id, dataset: await loadDataset(id, { onProgress, signal }) };
    return loaded.dataset;
  },
});

/** Documents are checked at the border, whoever sends them. */
const commands: TrainingCommands & { listen(to: (event: RunEvent) => void): void; alive(): void } = {
  listen(to) {
    listener = to;
  },
  alive: () => undefined,
  warm: () => session.warm(),
  start: (options) => session.start({ ...options, document: readDocument(options.document) }),
  pause: async () => session.pause(),
  resume: async () => session.resume(),
  step: async () => session.step(),
  stop: () => session.stop(),
  findRate: (options) => session.findRate({ ...options, document: readDocument(options.document) }),
  load: (options) => session.load({ ...options, document: readDocument(options.document) }),
  probe: () => session.probe(),
  predict: (input) => session.predict(input),
  weights: () => session.weights(),
};

Comlink.expose(commands);
