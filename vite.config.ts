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

/** Nothing from another host, no eval. WebAssembly may compile, and the component libraries set inline styles. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
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
 * Of the build of tfjs for threads only the memory is used, which our own threads share: the eight workers that it would
 * start for itself would have nothing to do.
 */
const noThreadsOfTfjs = (): Plugin => ({
  name: 'no-threads-of-tfjs',
  transform(code, id) {
    if (!id.includes('tfjs-backend-wasm-threaded-simd.js')) return null;
    const count = 'pthreadPoolSize=8';
    const waiting =
      /PThread\.unusedWorkers\.forEach\(function\(w\)\{.{0,90}(removeRunDependency\("wasm-instantiate"\))\}\)\}\)/;
    if (!code.includes(count) || !waiting.test(code)) throw new Error('tfjs starts its threads in another way now');
    return { code: code.replace(count, 'pthreadPoolSize=0').replace(waiting, '$1'), map: null };
  },
});

export default defineConfig({
  plugins: [react(), tailwindcss(), policyInPage(), noThreadsOfTfjs()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  worker: { format: 'es', plugins: () => [noThreadsOfTfjs()] },
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
    testTimeout: 60_000,
    // One less than there are, as is usual, would be a single one on two cores.
    maxWorkers: '100%',
  },
});
