/** A helper of the training worker: computes its share of each operation in the memory they have in common. */
import { Control, type Doing } from './control';
import { doingOf } from './works';

export interface HelperStart {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  control: SharedArrayBuffer;
  /** Its number among the participants, from 1. */
  lane: number;
}

self.onmessage = ({ data }: MessageEvent<HelperStart>) => {
  const { exports } = new WebAssembly.Instance(data.module, { env: { memory: data.memory } });
  const doing: Doing = doingOf(exports);
  const control = new Control(data.control);
  postMessage('ready');
  control.help(data.lane, doing);
};
