import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Threads in WebAssembly need a cross-origin isolated page. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * Nothing from another host, no eval. WebAssembly may compile, tfjs starts its threads from blobs (which
 * only scripts of this page can make), and the component libraries set inline styles.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval' blob:",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Static hosts send no headers, so the built page carries its policy itself. */
const policyInPage = (): Plugin => ({
  name: 'policy-in-page',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
      injectTo: 'head-prepend',
    },
  ],
});

/**
 * tfjs starts its WebAssembly threads from the text of its own factory function, which must therefore
 * capture nothing from outside. The minifier turns its guard around `_scriptDir` into a captured
 * variable, and every thread dies; without the guard the threads start.
 */
const selfContainedThreads = (): Plugin => ({
  name: 'self-contained-wasm-threads',
  transform(code, id) {
    if (!id.includes('tfjs-backend-wasm-threaded-simd.js')) return null;
    const guard =
      /if\s*\(typeof _scriptDir !== "undefined" && _scriptDir\)\s*\{\s*scriptDirectory\s*=\s*_scriptDir;?\s*\}/g;
    const main = /(mainScriptUrlOrBlob.{0,60}?)\|\|\s*_scriptDir\b/gs;
    return { code: code.replace(guard, '').replace(main, '$1'), map: null };
  },
});

export default defineConfig({
  plugins: [react(), tailwindcss(), policyInPage(), selfContainedThreads()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  worker: { format: 'es', plugins: () => [selfContainedThreads()] },
  server: { headers: isolation },
  preview: {
    headers: { ...isolation, 'Content-Security-Policy': contentSecurityPolicy, 'X-Content-Type-Options': 'nosniff' },
  },
  build: { target: 'es2022', chunkSizeWarningLimit: 3000 },
  test: {
    // What needs other frameworks runs by `npm run verify` alone.
    include: [
      process.env.VERIFY ? 'tests/verify/*.test.ts' : 'tests/!(verify)/**/*.test.ts',
      ...(process.env.VERIFY ? [] : ['tests/*.test.ts']),
    ],
    testTimeout: 30_000,
  },
});
