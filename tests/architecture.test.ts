/** The folders' import rules: that the linter finds what breaks them, and that no import slips past it. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/** A file, and what it may not import. */
const REFUSED: [file: string, module: string][] = [
  ['src/document/*.ts', '@/layers'],
  ['src/document/*.ts', 'react'],
  ['src/layers/*.ts', '@/inference'],
  ['src/layers/convolution/*.ts', '@/inference/pass'],
  ['src/layers/*.ts', '@tensorflow/tfjs-core'],
  ['src/inference/*.ts', '@/compiler'],
  ['src/compiler/*.ts', '@/engine'],
  ['src/compiler/*.ts', 'node:fs'],
  ['src/datasets/*.ts', '@/state'],
  ['src/formats/keras/*.ts', '@xyflow/react'],
  ['src/gallery/*.ts', '@/editor/canvas'],
  ['src/engine/*.ts', '@/training/worker'],
  ['src/training/*.ts', '@tensorflow/tfjs-core'],
  ['src/training/*.ts', '@/state'],
  ['src/training/client.ts', '@/engine'],
  ['src/state/*.ts', '@/editor'],
  ['src/state/*.ts', '@/training/worker'],
  ['src/editor/*.tsx', '@tensorflow/tfjs-layers'],
  ['src/editor/panel/*.tsx', '@/engine/backend'],
  ['src/editor/*.tsx', '@/training/loop'],
  ['src/main.tsx', '@/engine'],
  ['src/cli/*.ts', 'react'],
];

const ALLOWED: [file: string, module: string][] = [
  ['src/layers/*.ts', '@/document'],
  ['src/compiler/*.ts', '@/inference/pass'],
  ['src/formats/*.ts', '@/compiler'],
  ['src/engine/*.ts', '@tensorflow/tfjs-core'],
  ['src/training/*.ts', '@/engine'],
  ['src/editor/*.tsx', '@/training/client'],
  ['src/editor/*.tsx', '@/training/protocol'],
  ['src/datasets/node.ts', 'node:fs/promises'],
  ['tests/bench/*.ts', '@tensorflow/tfjs-core'],
];

/** Plants every import in a file of its own and returns those that Biome refuses, as `file module`. */
function refusedImports(planted: [file: string, module: string][]): Set<string> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'import-rules-')));
  try {
    cpSync('biome.json', join(root, 'biome.json'));
    const modules = new Map<string, string>();
    planted.forEach(([file, module], index) => {
      const path = file.replace('*', String(index));
      modules.set(path, `${file} ${module}`);
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), `export * from '${module}';\n`);
    });
    const biome = join(process.cwd(), 'node_modules/@biomejs/biome/bin/biome');
    const options = [
      '--only=style/noRestrictedImports',
      '--vcs-enabled=false',
      '--reporter=github',
      '--max-diagnostics=none',
    ];
    const { stdout } = spawnSync(process.execPath, [biome, 'lint', ...options], { cwd: root, encoding: 'utf8' });
    const files = [...stdout.matchAll(/noRestrictedImports,file=([^,]+),/g)].map(([, path = '']) =>
      relative(root, path),
    );
    return new Set(files.map((path) => modules.get(path) ?? path));
  } finally {
    rmSync(root, { recursive: true });
  }
}

describe('the linter', () => {
  const refused = refusedImports([...REFUSED, ...ALLOWED]);

  it.each(REFUSED)('refuses in %s the import of %s', (file, module) => {
    expect(refused).toContain(`${file} ${module}`);
  });

  it.each(ALLOWED)('allows in %s the import of %s', (file, module) => {
    expect(refused).not.toContain(`${file} ${module}`);
  });
});

describe('relative imports', () => {
  it('stay in their folder; across folders the alias is used, which the linter can judge', () => {
    const strays = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .flatMap((file) =>
        [...readFileSync(join('src', file), 'utf8').matchAll(/(?:from|import|import\()\s*'(\.[^']*)'/g)]
          .map(([, target = '']) => join(dirname(file), target))
          .filter((target) => dirname(file) !== '.' && topFolder(target) !== topFolder(file))
          .map((target) => `${file} → ${relative('.', target)}`),
      );
    expect(strays).toEqual([]);
  });
});

const topFolder = (path: string): string => path.split('/')[0] ?? '';
