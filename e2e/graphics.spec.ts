/**
 * Every layer computes and learns, and every optimizer moves weights on the graphics backends as it does on WebAssembly. A software rasteriser serves, so
 * no graphics card is needed. The page is built apart from the app and is no part of it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, expect, test } from '@playwright/test';
import { build, type PreviewServer, preview } from 'vite';
import type { Compared } from '../tests/graphics/page';

const CONFIG = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
const PAGE = fileURLToPath(new URL('../tests/graphics', import.meta.url));

/** WebGL by SwiftShader everywhere; WebGPU by it where the browser brings it along. */
const SOFTWARE = [
  '--no-sandbox',
  '--disable-background-networking',
  '--enable-unsafe-swiftshader',
  '--use-angle=swiftshader',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];

test.describe.configure({ mode: 'serial', timeout: 300_000 });

let folder = '';
let server: PreviewServer;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graphics-'));
  const shared = { configFile: CONFIG, root: PAGE, logLevel: 'error' } as const;
  const output = { outDir: folder, emptyOutDir: true };
  await build({ ...shared, build: output });
  server = await preview({ ...shared, build: output, preview: { port: 0 } });
});

test.afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

for (const backend of ['webgl', 'webgpu'] as const) {
  test(`every layer, sequence and update on ${backend} as on WebAssembly`, async ({ launchOptions }) => {
    const browser = await chromium.launch({ ...launchOptions, args: SOFTWARE });
    try {
      const page = await browser.newPage();
      await page.goto(server.resolvedUrls?.local[0] ?? '');
      const found = (await page.evaluate(`window.compare('${backend}')`)) as Compared | null;
      test.skip(found === null, `${backend} is not there`);
      expect(found?.layers).toBeGreaterThan(100);
      expect(found?.programs).toBeGreaterThan(1000);
      expect(found?.misses.map(({ what, by }) => `${what} by ${by}`)).toEqual([]);
    } finally {
      await browser.close();
    }
  });
}
