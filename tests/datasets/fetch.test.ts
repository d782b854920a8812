import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadDataset } from '@/datasets';
import { readDataFromDisk } from '@/datasets/node';

const digits = await readDataFromDisk('digits/samples.z', { size: 0 });

/** A browser's network and cache, as far as loading uses them. */
function browser(answer: () => Response | Promise<Response>) {
  const kept = new Map<string, Response>();
  const fetch = vi.fn(async (_url: string) => answer());
  vi.stubGlobal('fetch', fetch);
  vi.stubGlobal('caches', {
    open: async () => ({
      match: async (url: string) => kept.get(url)?.clone(),
      put: async (url: string, response: Response) => void kept.set(url, response),
      delete: async (url: string) => kept.delete(url),
    }),
  });
  return { fetch, kept };
}

afterEach(() => vi.unstubAllGlobals());

describe('fetching a data set', () => {
  it('counts the bytes and keeps the file, so a second time needs no network', async () => {
    const { fetch } = browser(() => new Response(digits));
    const steps: number[] = [];
    await loadDataset('digits', { onProgress: ({ loaded, total }) => steps.push(loaded / total) });
    await loadDataset('digits');
    expect(fetch.mock.calls.map(([url]) => url)).toEqual(['/data/digits/samples.z']);
    expect(steps.at(-1)).toBe(1);
  });

  it('fetches again what another version left in the cache', async () => {
    const { fetch, kept } = browser(() => new Response(digits));
    kept.set('/data/digits/samples.z', new Response('old'));
    expect((await loadDataset('digits')).size).toBe(1797);
    expect(fetch).toHaveBeenCalledOnce();
  });

  it('works where the cache is forbidden', async () => {
    browser(() => new Response(digits));
    vi.stubGlobal('caches', { open: () => Promise.reject(new DOMException('no', 'SecurityError')) });
    expect((await loadDataset('digits')).size).toBe(1797);
  });

  it('says so when there is no network', async () => {
    browser(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(loadDataset('digits')).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('says so when the server has no such file', async () => {
    browser(() => new Response('gone', { status: 404 }));
    await expect(loadDataset('digits')).rejects.toMatchObject({
      kind: 'missing',
      message: expect.stringContaining('404'),
    });
  });

  it('neither takes nor keeps half a file', async () => {
    const { kept } = browser(() => new Response(digits.slice(0, 100)));
    await expect(loadDataset('digits')).rejects.toMatchObject({ kind: 'damaged' });
    expect(kept.size).toBe(0);
  });
});
