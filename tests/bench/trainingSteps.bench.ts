/** A training step of six networks in Node: ours beside stock tfjs, and beside TensorFlow where Python has it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, toKerasJson } from '@/compiler';
import { BATCH, fieldsOf, NETWORKS, type NetworkName } from './steps/networks';
import type { Share } from './steps/profile';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OWN_PYTHON = join(ROOT, 'node_modules/.cache/verify/bin/python');

/** The Python that `npm run verify` uses. */
const python = process.env.VERIFY_PYTHON ?? (existsSync(OWN_PYTHON) ? OWN_PYTHON : 'python3');

const NAMES = Object.keys(NETWORKS) as NetworkName[];

/** How many times as long as TensorFlow's a step may take, by the project's aim. */
const AIMS: Readonly<Record<NetworkName, number>> = { mlp: 2, lenet: 2, resnet: 2, lstm: 3, gru: 3, transformer: 3 };

interface Answer {
  median: number;
  shares?: Share[];
}

/** In a process of its own: stock tfjs and ours cannot live in one. Null where it fails. */
function here(program: 'ours' | 'stock', name: NetworkName, backend: string): Answer | null {
  const args = ['--import', 'tsx', `tests/bench/steps/${program}.ts`, name, backend];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? JSON.parse(stdout.trim().split('\n').at(-1) ?? '') : null;
}

async function inTensorFlow(threads: number): Promise<number[] | null> {
  const folder = mkdtempSync(join(tmpdir(), 'steps-'));
  try {
    const file = join(folder, 'models.json');
    const models = NAMES.map(async (name) => {
      const { shape, document } = NETWORKS[name];
      const { model } = compile(await document(), { fields: fieldsOf(shape) });
      return { model: toKerasJson(model), shape: [BATCH, ...shape] };
    });
    writeFileSync(file, JSON.stringify(await Promise.all(models)));
    const args = [join(ROOT, 'tests/bench/steps/keras_step.py'), file, String(threads)];
    const { status, stdout } = spawnSync(python, args, { encoding: 'utf8' });
    return status === 0 ? JSON.parse(stdout.trim().split('\n').at(-1) ?? '') : null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const torchInstalled = (): boolean => spawnSync(python, ['-c', 'import torch']).status === 0;

const figure = (time: number | null | undefined): string => (time == null ? '—' : time.toFixed(time < 10 ? 2 : 1));

const percent = ({ place, share }: Share): string => `${place} ${Math.round(share * 100)} %`;

async function measure() {
  const alone = await inTensorFlow(1);
  const rows = NAMES.map((name, at) => {
    const ours = here('ours', name, 'wasm');
    const row = {
      name,
      title: NETWORKS[name].title,
      ours: ours?.median ?? Number.NaN,
      shares: ours?.shares ?? [],
      cpu: here('ours', name, 'cpu')?.median,
      stock: 'notInStock' in NETWORKS[name] ? null : here('stock', name, 'cpu')?.median,
      stockWasm: 'notInStock' in NETWORKS[name] ? null : here('stock', name, 'wasm')?.median,
      tensorflow: alone?.[at],
    };
    console.log(row.title, figure(row.ours));
    return row;
  });
  return { rows, two: await inTensorFlow(2) };
}

const bench = {
  title: 'A training step of six networks',
  async run() {
    const { rows, two } = await measure();
    const times = rows.map(({ title, ours, cpu, stock, stockWasm, tensorflow }, at) => {
      const ratio = tensorflow === undefined ? '—' : (ours / tensorflow).toFixed(1);
      const faster = stock == null ? '—' : Math.round(stock / ours);
      return `| ${title} | ${[ours, cpu, stockWasm, stock, tensorflow, two?.[at]].map(figure).join(' | ')} | ${ratio} | ${faster} |`;
    });
    const missed = rows.filter(
      ({ name, ours, tensorflow }) => tensorflow !== undefined && ours > AIMS[name] * tensorflow,
    );
    const absent = NAMES.flatMap((name) => {
      const network = NETWORKS[name];
      return 'notInStock' in network ? [`${network.title}: ${network.notInStock}`] : [];
    });
    return {
      table: [
        '| batch 64, ms | here, WebAssembly | here, CPU | stock tfjs, WebAssembly | stock tfjs, CPU | TensorFlow, 1 thread | TensorFlow, 2 threads | times TensorFlow’s, 1 thread | times as fast as stock CPU |',
        '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
        ...times,
        '',
        '| where a step here goes (WebAssembly) | |',
        '| --- | --- |',
        ...rows.map(({ title, shares }) => `| ${title} | ${shares.slice(0, 5).map(percent).join(', ')} |`),
      ].join('\n'),
      notes: [
        'Medians of one run in Node, every way in a process of its own: forwards, backwards, Adam, and the loss read back; the first steps left out. WebAssembly has one thread in Node. TensorFlow runs the same network as a compiled function.',
        `Stock tfjs on WebAssembly lacks the gradient of a convolution’s filter. What it lacks on every backend: ${absent.join('; ')}.`,
        ...(torchInstalled() ? [] : ['PyTorch is not installed here.']),
        ...(missed.length === 0
          ? []
          : [
              `The aim, two times TensorFlow’s step (three for recurrent networks and Transformers), is missed by ${missed.map(({ title }) => title).join('; ')}. WebAssembly computes with four numbers at a time and multiplies and adds in two instructions; TensorFlow uses the processor’s own eight or sixteen and does both in one.`,
            ]),
      ],
    };
  },
};

export default bench;
