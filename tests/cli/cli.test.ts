import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { setParams } from '@/document';
import { formatNative } from '@/formats';
import { lenet5 as lenet } from '@/gallery/convolutional/lenet5';

const folder = mkdtempSync(join(tmpdir(), 'tensorloom-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command line as a person standing in `folder` would. */
function cli(...args: string[]) {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'cli', '--', ...args], {
    cwd: process.cwd(),
    env: { ...process.env, INIT_CWD: folder },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

/** npm sets INIT_CWD itself; so the folder is stood in by running the script as npm does. */
function cliFrom(place: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(process.cwd(), 'scripts/cli.mjs'), ...args], {
    cwd: place,
    env: { ...process.env, INIT_CWD: place },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

describe('summary', () => {
  it('prints LeNet-5 as JSON', () => {
    const { status, stdout } = cli('summary', 'gallery:lenet-5', '--json');
    const [summary, ...rest] = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(rest).toEqual([]);
    expect(summary).toMatchObject({
      file: 'gallery:lenet-5',
      name: 'LeNet-5',
      totals: { params: 61_706, trainable: 61_706, nonTrainable: 0, macs: 416_520 },
      problems: [],
    });
    expect(summary.layers[1]).toEqual({
      id: 'conv1',
      name: 'conv1',
      type: 'conv2d',
      output: [null, 28, 28, 6],
      params: 156,
      trainable: 156,
      macs: 117_600,
    });
    expect(summary.layers.map(({ id }: { id: string }) => id)).not.toContain('loss');
  });

  it('reads a Keras model, whose names it keeps, and counts as each framework does', () => {
    const { status, stdout } = cli('summary', join(process.cwd(), 'tests/fixtures/keras/ResNet50.json'), '--json');
    const [summary] = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(summary.totals).toMatchObject({
      params: 25_636_712,
      trainable: 25_583_592,
      nonTrainable: 53_120,
      conventions: {
        keras: { parameters: 25_636_712, trainable: 25_583_592, nonTrainable: 53_120 },
        pytorch: { parameters: 25_583_592, trainable: 25_583_592, nonTrainable: 0 },
      },
    });
    expect(summary.layers[2]).toMatchObject({ name: 'conv1_conv', output: [null, 112, 112, 64], params: 9_472 });
  });

  it('reads a .keras file, says what is otherwise in it, and withholds what it cannot count', () => {
    const wire = (from: string) => [[[from, 0, 0, {}]]];
    const layers = [
      { class_name: 'InputLayer', name: 'x', config: { name: 'x', batch_shape: [null, 4] }, inbound_nodes: [] },
      {
        class_name: 'Dense',
        name: 'twice',
        config: { name: 'twice', units: 4 },
        inbound_nodes: [...wire('x'), [[['twice', 0, 0, {}]]].flat()],
      },
      { class_name: 'Odd', name: 'odd', config: { name: 'odd' }, inbound_nodes: [[['twice', 1, 0, {}]]] },
    ];
    const config = { name: 'shared', layers, input_layers: [['x', 0, 0]], output_layers: [['odd', 0, 0]] };
    const json = JSON.stringify({ class_name: 'Functional', config });
    writeFileSync(join(folder, 'shared.keras'), zipSync({ 'config.json': strToU8(json) }));
    const { status, stdout } = cliFrom(folder, 'summary', 'shared.keras', '--json');
    expect(status).toBe(1);
    const [summary] = JSON.parse(stdout);
    expect(summary.layers.map(({ name }: { name: string }) => name)).toEqual(['x', 'twice', 'twice_call2', 'odd']);
    expect(summary.layers[2]).toMatchObject({ tiedTo: 'twice', params: 20 });
    expect(summary.layers[3]).toMatchObject({ output: null, params: null });
    expect(summary.totals.conventions.keras).toEqual({ parameters: null, trainable: null, nonTrainable: null });
    expect(summary.notes).toEqual([expect.stringContaining('“odd” (Odd)'), expect.stringContaining('Weights')]);
  });

  it('reads files where the person stands, one entry each', () => {
    writeFileSync(join(folder, 'mine.json'), formatNative(lenet));
    const { status, stdout } = cliFrom(folder, 'summary', 'mine.json', 'gallery:small-resnet', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).map(({ totals }: { totals: object }) => totals)).toMatchObject([
      { params: 61_706 },
      { params: 19_866, nonTrainable: 224 },
    ]);
  });

  it('says what is wrong with a network, with code 1', () => {
    writeFileSync(join(folder, 'broken.json'), formatNative(setParams(lenet, 'dense3', { units: 7 })));
    const { status, stdout } = cliFrom(folder, 'summary', 'broken.json', '--json');
    expect(status).toBe(1);
    const [{ problems, totals }] = JSON.parse(stdout);
    expect(problems).toEqual([{ node: 'loss', message: expect.stringContaining('10 classes') }]);
    expect(totals.params).toBeNull();
  });

  it.each([
    ['no such file', 'nowhere.json', /there is no such file/],
    ['no JSON', 'text.json', /Line 1, column \d+: this is not JSON/],
    ['no such gallery network', 'gallery:nothing', /The gallery has no “nothing”. Nearest: /],
  ])('refuses %s with code 2 and the reason on stderr', (_, file, reason) => {
    writeFileSync(join(folder, 'text.json'), 'hello');
    const { status, stdout, stderr } = cliFrom(folder, 'summary', file, 'gallery:lenet-5', '--json');
    expect(status).toBe(2);
    expect(stderr).toMatch(reason);
    expect(JSON.parse(stdout)).toHaveLength(1);
  });

  it('prints a table', () => {
    const { stdout } = cli('summary', 'gallery:lenet-5');
    expect(stdout).toMatch(/conv1 +Conv2D +N×28×28×6 +156 +117,600/);
    expect(stdout).toContain('Parameters 61,706 (trainable 61,706, not trainable 0), multiply-adds 416,520');
  });
});

describe('export', () => {
  it('writes a Keras model from a network of the gallery, which opens again', () => {
    const written = cliFrom(folder, 'export', 'gallery:lenet-5', '--to', 'keras', '--out', 'lenet.json');
    expect(written).toMatchObject({ status: 0, stdout: '', stderr: '' });
    const { stdout } = cliFrom(folder, 'summary', 'lenet.json', '--json');
    expect(JSON.parse(stdout)[0].totals.params).toBe(61_706);
  });

  it('prints what it is not told where to write', () => {
    const { status, stdout } = cliFrom(folder, 'export', 'gallery:lenet-5', '--to', 'native');
    expect(status).toBe(0);
    expect(stdout).toBe(formatNative(lenet));
  });

  it('refuses what cannot be written', () => {
    writeFileSync(join(folder, 'broken.json'), formatNative(setParams(lenet, 'dense3', { units: 7 })));
    expect(cliFrom(folder, 'export', 'broken.json', '--to', 'tfjs')).toMatchObject({ status: 1 });
    expect(cliFrom(folder, 'export', 'gallery:lenet-5', '--to', 'paper').stderr).toMatch(/--to must be one of native/);
  });
});

describe('train', () => {
  it('prints one JSON object a line, the last with the final figures', () => {
    const { status, stdout } = cli(
      'train',
      'gallery:logistic-regression',
      '--epochs',
      '2',
      '--seed',
      '3',
      '--backend',
      'wasm',
      '--json',
    );
    expect(status).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ type: 'result', epochs: 2 });
    expect(lines.at(-1).validationAccuracy).toBeGreaterThan(0.8);
    expect(lines.filter(({ type }) => type === 'epoch')).toHaveLength(2);
  });

  it('gives the same figures for the same seed', () => {
    const run = () =>
      cli('train', 'gallery:mlp', '--dataset', 'digits', '--epochs', '1', '--seed', '5', '--json')
        .stdout.trim()
        .split('\n')
        .at(-1) ?? '';
    const [{ seconds: _a, ...first }, { seconds: _b, ...second }] = [JSON.parse(run()), JSON.parse(run())];
    expect(first).toEqual(second);
  });

  it.each([
    ['an unknown data set', ['--dataset', 'imagenet'], /--dataset must be one of/],
    ['a strange number', ['--epochs', 'many'], /--epochs must be a whole number/],
    ['an unknown backend', ['--backend', 'webgl'], /--backend must be wasm or cpu/],
  ])('refuses %s with code 2', (_, args, reason) => {
    const { status, stderr } = cli('train', 'gallery:mlp', ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(reason);
  });

  it('says why a network with problems is not trained, with code 1', () => {
    writeFileSync(join(folder, 'broken.json'), formatNative(setParams(lenet, 'dense3', { units: 7 })));
    const { status, stderr } = cliFrom(folder, 'train', 'broken.json');
    expect(status).toBe(1);
    expect(stderr).toMatch(/10 classes/);
  });
});
