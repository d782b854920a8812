/** How long it takes to know all of ResNet-152: here, in Keras, and in torchinfo where it is installed. */
import { spawnSync } from 'node:child_process';
import { openFromGallery } from '@/gallery';
import { inferDocument } from '@/inference';
import { kerasPython, torchPython } from './python';

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Each prints its median of three in milliseconds, imports not counted. */
const KERAS = `
import os, time
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
times = []
for _ in range(3):
    start = time.perf_counter()
    model = keras.applications.ResNet152(weights=None)
    model.summary(print_fn=lambda line: None)
    times.append(time.perf_counter() - start)
print(sorted(times)[1] * 1000)
`;

const TORCHINFO = `
import time
import torchvision, torchinfo
times = []
for _ in range(3):
    start = time.perf_counter()
    torchinfo.summary(torchvision.models.resnet152(), (1, 3, 224, 224), verbose=0)
    times.append(time.perf_counter() - start)
print(sorted(times)[1] * 1000)
`;

function inPython(python: string, program: string): number | null {
  const { status, stdout } = spawnSync(python, ['-c', program], { encoding: 'utf8', timeout: 300_000 });
  const milliseconds = Number(stdout?.trim().split('\n').at(-1));
  return status === 0 && Number.isFinite(milliseconds) ? milliseconds : null;
}

/** The first time, before anything is compiled, and the median of many. */
async function here(): Promise<{ first: number; median: number }> {
  const document = await openFromGallery('resnet-152');
  const times: number[] = [];
  for (let round = 0; round < 100; round++) {
    const start = performance.now();
    inferDocument(document, undefined);
    times.push(performance.now() - start);
  }
  return { first: times[0] ?? Number.NaN, median: median(times) };
}

const bench = {
  title: 'Summary of ResNet-152',
  async run() {
    const { first, median: own } = await here();
    const row = (title: string, time: number | null): string =>
      time === null
        ? `| ${title} | not installed | |`
        : `| ${title} | ${time.toFixed(1)} | ${title.startsWith('Tensorloom') ? '' : `${Math.round(time / own)} times as long`} |`;
    return {
      table: [
        '| | ms | |',
        '| --- | ---: | --- |',
        row('Tensorloom', own),
        row('Tensorloom, the first time', first),
        row('Keras, building the model and its summary', inPython(kerasPython, KERAS)),
        row('torchinfo, with torchvision’s model', inPython(torchPython, TORCHINFO)),
      ].join('\n'),
      notes: ['Medians in one run (of 100 here, of three in Python); the time to import a framework is not counted.'],
    };
  },
};

export default bench;
