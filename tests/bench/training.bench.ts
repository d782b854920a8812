/**
 * A training step of six networks: here and in stock tfjs, in one browser, and in PyTorch and TensorFlow where Python
 * has them (PyTorch from the Python that TORCH_PYTHON names, else from that of `npm run verify`).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { compile, toKerasJson } from '@/compiler';
import { kerasPython, torchPython } from './python';
import { BATCH, fieldsOf, NETWORKS, type NetworkName } from './steps/networks';
import type { Share } from './steps/profile';
import type { Measured } from './training/page';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CONFIG = join(ROOT, 'vite.config.ts');
const PAGE = fileURLToPath(new URL('./training', import.meta.url));
const NAMES = Object.keys(NETWORKS) as NetworkName[];

/** How many times as long as PyTorch's a step may take, by the project's aim. */
const AIMS: Readonly<Record<NetworkName, number>> = { mlp: 2, lenet: 2, resnet: 2, lstm: 3, gru: 3, transformer: 3 };

const WAYS = {
  alone: 'backend=wasm&alone',
  together: 'backend=wasm',
  webgl: 'backend=webgl',
  webgpu: 'backend=webgpu',
  stockWasm: 'backend=wasm&stock',
  stockWebgl: 'backend=webgl&stock',
  stockWebgpu: 'backend=webgpu&stock',
  stockCpu: 'backend=cpu&stock',
} as const;

type Way = keyof typeof WAYS;
type Times = Partial<Record<Way, Measured>>;

/** Those that lie so close that a machine shared with others may put either first: in turns, several times. */
const CLOSE: readonly Way[] = ['webgl', 'stockWebgl', 'webgpu', 'stockWebgpu'];
const ROUNDS = 3;

/** By how much the same steps differ from one run to the next by such a program. */
const BEYOND_NOISE = 1.1;

/** The middle time, with what the first of them found beside it. */
const middleOf = (way: Way, all: readonly Measured[]): [Way, Measured][] => {
  const middle = [...all].sort((a, b) => a.median - b.median)[Math.floor(all.length / 2)];
  return middle ? [[way, { ...all[0], ...middle }]] : [];
};

/** Null where that way cannot train it. */
async function measured(browser: Browser, address: string, name: NetworkName, way: string): Promise<Measured | null> {
  const page = await browser.newPage();
  page.setDefaultTimeout(600_000);
  try {
    await page.goto(`${address}?network=${name}&${way}`);
    const found = await page.evaluate<Measured | string>('window.measured');
    if (typeof found !== 'string') return found;
    console.log(`${name}, ${way}: ${found}`);
    return null;
  } finally {
    await page.close();
  }
}

/** A graphics card where there is one, else the program that stands in for it. */
async function withGraphics(): Promise<{ browser: Browser; graphics: string }> {
  const executablePath = [process.env.TENSORLOOM_CHROMIUM, '/usr/bin/chromium'].find(
    (path) => path !== undefined && existsSync(path),
  );
  const launch = (...args: string[]): Promise<Browser> =>
    chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--no-sandbox', '--disable-background-networking', '--enable-unsafe-webgpu', ...args],
    });
  const card = await launch('--enable-features=Vulkan');
  const graphics = await rendererOf(card);
  if (graphics !== null && !/swiftshader|llvmpipe/i.test(graphics)) return { browser: card, graphics };
  await card.close();
  const software = ['--use-angle=swiftshader', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'];
  const browser = await launch('--enable-unsafe-swiftshader', ...software);
  return { browser, graphics: (await rendererOf(browser)) ?? 'none' };
}

/** What WebGL is drawn by; null where there is none. */
async function rendererOf(browser: Browser): Promise<string | null> {
  const page = await browser.newPage();
  try {
    return await page.evaluate(() => {
      const context = document.createElement('canvas').getContext('webgl2');
      const names = context?.getExtension('WEBGL_debug_renderer_info');
      return context && names ? String(context.getParameter(names.UNMASKED_RENDERER_WEBGL)) : null;
    });
  } finally {
    await page.close();
  }
}

/** Every way of computing every network, one after the other, on a page built as the app is. */
async function inBrowser(): Promise<{ found: Map<NetworkName, Times>; graphics: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'training-'));
  const shared = { configFile: CONFIG, root: PAGE, logLevel: 'error' } as const;
  const output = { outDir: folder, emptyOutDir: true };
  await build({ ...shared, build: output });
  const server = await preview({ ...shared, build: output, preview: { port: 4373 } });
  const { browser, graphics } = await withGraphics();
  const found = new Map<NetworkName, Times>();
  try {
    const address = server.resolvedUrls?.local[0] ?? '';
    for (const name of NAMES) {
      const ways = (Object.keys(WAYS) as Way[]).filter(
        (way) => !(way.startsWith('stock') && 'notInStock' in NETWORKS[name]),
      );
      const all = new Map<Way, Measured[]>(ways.map((way) => [way, []]));
      for (const round of Array(ROUNDS).keys()) {
        for (const way of ways) {
          const inTurns = CLOSE.includes(way) && !('notInStock' in NETWORKS[name]);
          if (round > 0 && !inTurns) continue;
          // Kernels are waited for behind the steps that are timed.
          const beside = round === 0 && CLOSE.includes(way) ? '&kernels' : '';
          const time = await measured(browser, address, name, `${WAYS[way]}${beside}`);
          if (time) all.get(way)?.push(time);
          console.log(name, way, figure(time?.median));
        }
      }
      found.set(name, Object.fromEntries(ways.flatMap((way) => middleOf(way, all.get(way) ?? []))));
    }
    return { found, graphics };
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** Medians by network; null where Python lacks it. */
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
    const { status, stdout } = spawnSync(kerasPython, args, { encoding: 'utf8' });
    return status === 0 ? JSON.parse(lastLine(stdout)) : null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function inPyTorch(threads: number): { median: number; version: string }[] | null {
  const args = [join(ROOT, 'tests/bench/steps/torch_step.py'), String(threads), ...NAMES];
  const { status, stdout } = spawnSync(torchPython, args, { encoding: 'utf8' });
  return status === 0 ? JSON.parse(lastLine(stdout)) : null;
}

/** In Node, with the instruction that browsers have and Node 20 does not offer by itself. */
function sharesIn(name: NetworkName): Share[] {
  const args = ['--experimental-wasm-relaxed-simd', '--import', 'tsx', 'tests/bench/steps/profiled.ts', name];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? JSON.parse(lastLine(stdout)) : [];
}

const figure = (time: number | null | undefined): string => (time == null ? '—' : time.toFixed(time < 10 ? 2 : 1));

const times = (a: number | undefined, b: number | null | undefined): string =>
  a == null || b == null ? '—' : (a / b).toFixed(a / b < 10 ? 1 : 0);

const callsOf = (way: Measured | undefined): number | null =>
  way?.kernels?.reduce((total, { calls }) => total + calls, 0) ?? null;

/** The longest kernels of a step, and their shares. */
function kernelsIn(way: Measured | undefined): string {
  const all = way?.kernels ?? [];
  const whole = all.reduce((total, { time }) => total + time, 0);
  return (
    all
      .slice(0, 4)
      .map(({ name, time }) => percent({ place: name, share: time / whole }))
      .join(', ') || '—'
  );
}

const percent = ({ place, share }: Share): string => `${place} ${Math.round(share * 100)} %`;

const bench = {
  title: 'A training step of six networks',
  async run() {
    const [torch, torch2] = [inPyTorch(1), inPyTorch(2)];
    const [flow, flow2] = [await inTensorFlow(1), await inTensorFlow(2)];
    const { found, graphics } = await inBrowser();
    const rows = NAMES.map((name, at) => ({
      name,
      title: NETWORKS[name].title,
      here: found.get(name) ?? {},
      torch: torch?.[at]?.median,
      torch2: torch2?.[at]?.median,
      flow: flow?.[at],
      flow2: flow2?.[at],
    }));
    const threads = Math.max(...rows.map(({ here }) => here.together?.threads ?? 1));
    const beside = rows.map(({ title, here, ...other }) => {
      const [alone, together] = [here.alone?.median, here.together?.median];
      const cells = [alone, other.torch, other.flow].map(figure);
      const both = [together, other.torch2, other.flow2].map(figure);
      return `| ${title} | ${[...cells, times(alone, other.torch), ...both, times(together, other.torch2)].join(' | ')} |`;
    });
    const stock = rows.map(({ title, here }) => {
      const best = Math.min(here.alone?.median ?? Number.NaN, here.together?.median ?? Number.NaN);
      const cells = [best, here.stockWasm?.median, here.stockCpu?.median].map(figure);
      return `| ${title} | ${[...cells, times(here.stockCpu?.median, best)].join(' | ')} |`;
    });
    const drawn = rows.map(({ title, here }) => {
      const pair = (own: Measured | undefined, stock: Measured | undefined): string[] => [
        ...[own?.median, stock?.median].map(figure),
        times(stock?.median, own?.median),
      ];
      const cells = [...pair(here.webgl, here.stockWebgl), ...pair(here.webgpu, here.stockWebgpu)];
      return `| ${title} | ${cells.join(' | ')} |`;
    });
    const kernels = rows.map(({ title, here }) => {
      const calls = [here.webgl, here.stockWebgl].map((way) => callsOf(way) ?? '—');
      return `| ${title} | ${[...calls, kernelsIn(here.webgl), kernelsIn(here.webgpu)].join(' | ')} |`;
    });
    const missed = rows.filter(({ name, here, torch: beside }) => {
      return beside !== undefined && (here.alone?.median ?? Number.NaN) > AIMS[name] * beside;
    });
    const slower = rows.flatMap(({ title, here }) =>
      (
        [
          ['WebGL', here.webgl, here.stockWebgl],
          ['WebGPU', here.webgpu, here.stockWebgpu],
        ] as const
      ).flatMap(([backend, own, stock]) =>
        own && stock && own.median > BEYOND_NOISE * stock.median ? [`${title} on ${backend}`] : [],
      ),
    );
    const absent = NAMES.flatMap((name) => {
      const network = NETWORKS[name];
      return 'notInStock' in network ? [`${network.title}: ${network.notInStock}`] : [];
    });
    const versions = [torch?.[0] && `PyTorch ${torch[0].version}`].filter(Boolean);
    return {
      table: [
        `| batch 64, ms | here, 1 thread | PyTorch, 1 | TensorFlow, 1 | times PyTorch’s | here, ${threads} threads | PyTorch, 2 | TensorFlow, 2 | times PyTorch’s |`,
        '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
        ...beside,
        '',
        '| batch 64, ms | here, WebAssembly | stock tfjs, WebAssembly | stock tfjs, CPU | times as fast as stock CPU |',
        '| --- | ---: | ---: | ---: | ---: |',
        ...stock,
        '',
        `| batch 64, ms, by ${graphics} | here, WebGL | stock tfjs, WebGL | times as fast | here, WebGPU | stock tfjs, WebGPU | times as fast |`,
        '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
        ...drawn,
        '',
        '| kernels of a step there | calls here | calls, stock tfjs | where the time goes here, WebGL | WebGPU |',
        '| --- | ---: | ---: | --- | --- |',
        ...kernels,
        '',
        '| where a step here goes (WebAssembly, 1 thread) | |',
        '| --- | --- |',
        ...rows.map(({ name, title }) => `| ${title} | ${sharesIn(name).slice(0, 5).map(percent).join(', ')} |`),
      ].join('\n'),
      notes: [
        'Medians of one run: forwards, backwards, Adam, and the loss read back; the first steps left out; on WebGL and WebGPU the middle of three such, here and stock in turns. Here and stock tfjs run in the same Chromium, in a worker of a page each; without a graphics card WebGL and WebGPU are computed by the processor (SwiftShader), where what counts is how much is computed, and a single step may take a third more or less. On a card each call costs time of its own, whatever it computes. To tell where the time goes each kernel is waited for, which makes the short ones longer than they are. PyTorch runs eagerly, as people run it; TensorFlow runs the same network, read from the Keras export, as one compiled function.',
        `Stock tfjs on WebAssembly lacks the gradient of a convolution’s filter. What it lacks on every backend: ${absent.join('; ')}. tfjs-node is not among these: its installation needs files from outside the registry.`,
        ...(versions.length > 0 ? [`${versions.join(', ')}.`] : ['PyTorch is not installed here.']),
        missed.length === 0
          ? 'The aim, at most two times PyTorch’s step (three for recurrent networks and Transformers) with as many threads, is met by all.'
          : `The aim, at most two times PyTorch’s step (three for recurrent networks and Transformers) with as many threads, is missed by ${missed.map(({ title }) => title).join('; ')}.`,
        slower.length === 0
          ? 'No network is slower than in stock tfjs on any backend, beyond what a step differs by from run to run.'
          : `Slower than in stock tfjs: ${slower.join('; ')}.`,
      ],
    };
  },
};

export default bench;
