/** Compiles native/*.ts, the loops that the engine runs in WebAssembly, and writes the result as a module. */
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { ROOT } from './project.mjs';

/** Where the result is kept. */
export const NATIVE = join(ROOT, 'src/engine/native/binary.ts');

/** No memory of its own, nothing to allocate, nothing to import but tfjs's memory. */
const OPTIONS = [
  '-O3',
  '--enable',
  'simd',
  '--runtime',
  'stub',
  '--importMemory',
  '--noExportMemory',
  '--use',
  'abort=',
];
/** Threads share theirs: such memory has to be asked for, and its greatest size named. */
const SHARED = ['--sharedMemory', '--maximumMemory', '65536', '--enable', 'threads'];
/** Multiplying and adding in one instruction, which not every browser has. */
const FUSED = ['--enable', 'relaxed-simd'];

async function compile(options) {
  const file = '/out.wasm';
  let binary = new Uint8Array();
  const { error, stderr } = await asc.main(
    ['native/index.ts', ...OPTIONS, ...options, '--baseDir', ROOT, '--outFile', file, '--disableWarning'],
    {
      writeFile(_, contents) {
        binary = contents;
      },
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return Buffer.from(binary).toString('base64');
}

/** The text of the module. */
export async function nativeModule() {
  const binaries = {
    ALONE: await compile([]),
    ALONE_FUSED: await compile(FUSED),
    SHARED: await compile(SHARED),
    SHARED_FUSED: await compile([...SHARED, ...FUSED]),
  };
  return [
    '/** WebAssembly made of native/*.ts by `npm run native`; do not edit. In base 64: for memory of one thread and for shared memory, without and with relaxed SIMD. */',
    ...Object.entries(binaries).map(([name, binary]) => `export const ${name} =\n  '${binary}';`),
    '',
  ]
    .join('\n\n')
    .replace(/\n\n$/, '\n');
}
