/** The works that our WebAssembly does in units, by name and by number. */
import type { Doing } from './control';

export const WORKS = [
  'averagePoolBack',
  'columnProducts',
  'columnSums',
  'convolve',
  'curves',
  'depthwise',
  'depthwiseFilterGradient',
  'drop',
  'filterGradient',
  'gelu',
  'geluBack',
  'layFilter',
  'layRecurrent',
  'maxPoolBack',
  'mixColumns',
  'multiply',
  'pool',
  'readBackward',
  'readForward',
  'scaleColumns',
  'slopes',
  'softmax',
  'softmaxBack',
  'standardiseRows',
  'standardiseRowsBack',
] as const;

export type WorkName = (typeof WORKS)[number];

/** Those of which every part looks at everything, so that there should be no more parts than participants. */
export const LOOKING_AT_ALL: ReadonlySet<WorkName> = new Set(['depthwiseFilterGradient', 'filterGradient']);

/** The last arguments are the first unit to do, the end of those to do, and room. */
type Work = (...numbers: number[]) => void;

export type Works = Readonly<Record<WorkName, Work>>;

/** @throws Error where the program lacks a work: it is of another version */
export function doingOf(exports: WebAssembly.Exports): Doing {
  const works = WORKS.map((name) => {
    const work = exports[name];
    if (typeof work !== 'function') throw new Error(`WebAssembly has no “${name}”`);
    return work as Work;
  });
  return (work, numbers, from, to, room) => works[work]?.(...numbers, from, to, room);
}
