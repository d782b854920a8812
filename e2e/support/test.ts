/**
 * The `test` that every browser test uses: as Playwright's, and it fails on what nobody may cause:
 * an error on the console, an uncaught error, or a request to another host.
 */
import { test as base, expect } from '@playwright/test';

interface Watched {
  /** What went wrong so far. A test that provokes an error on purpose empties it. */
  faults: string[];
}

export const test = base.extend<Watched>({
  faults: [
    async ({ context, baseURL }, use) => {
      const faults: string[] = [];
      const home = new URL(baseURL ?? 'http://localhost').host;

      context.on('request', (request) => {
        const url = new URL(request.url());
        const leavesHome = url.protocol.startsWith('http') || url.protocol.startsWith('ws');
        if (leavesHome && url.host !== home) faults.push(`request to another host: ${request.url()}`);
      });
      context.on('console', (message) => {
        if (message.type() === 'error')
          faults.push(`error on the console: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => faults.push(`uncaught error: ${error.error().stack ?? error.error().message}`));

      await use(faults);
      expect(faults, 'No console error, no uncaught error, no request to another host').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
