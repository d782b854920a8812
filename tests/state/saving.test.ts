import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renameDocument } from '@/document';
import { mlp } from '@/gallery/basics/mlp';

/** As a browser has it. */
function memory(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as Storage;
}

/** A tab of its own: modules of its own, and the browser's storage shared with the others. */
async function openTab() {
  vi.resetModules();
  vi.stubGlobal('sessionStorage', memory());
  const page = new EventTarget();
  vi.stubGlobal('document', Object.assign(page, { visibilityState: 'visible' }));
  const listeners = new EventTarget();
  vi.stubGlobal('addEventListener', listeners.addEventListener.bind(listeners));
  vi.stubGlobal('removeEventListener', listeners.removeEventListener.bind(listeners));
  const [autosave, { useNetwork }, storage] = await Promise.all([
    import('@/state/autosave'),
    import('@/state/network'),
    import('@/state/storage'),
  ]);
  const told: string[] = [];
  autosave.startAutosave({ onCopy: (name) => told.push(name), onFailure: (message) => told.push(message) });
  await autosave.reopenLast();
  return {
    ...autosave,
    storage,
    told,
    network: useNetwork.getState,
    rename: (name: string) => useNetwork.getState().edit('Rename', (document) => renameDocument(document, name)),
    leave: () => listeners.dispatchEvent(new Event('pagehide')),
  };
}

const names = async ({ storage }: Awaited<ReturnType<typeof openTab>>) =>
  (await storage.listNetworks()).networks.map(({ name }) => name).sort();

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('localStorage', memory());
});

describe('saving', () => {
  it('brings the last network back in a new tab', async () => {
    const first = await openTab();
    first.rename('Mine');
    await first.saveNow();
    const second = await openTab();
    expect(second.network().document.name).toBe('Mine');
    expect(second.network().id).toBe(first.network().id);
  });

  it('saves within a second of an edit', async () => {
    const tab = await openTab();
    tab.rename('Mine');
    await vi.waitFor(async () => expect(await names(tab)).toEqual(['Mine']), { timeout: 1000 });
  });

  it('keeps both where two tabs have changed one network', async () => {
    const first = await openTab();
    first.rename('Mine');
    await first.saveNow();
    const second = await openTab();
    first.rename('First');
    await first.saveNow();
    second.rename('Second');
    await second.saveNow();
    expect(second.told).toEqual(['Second (copy)']);
    expect(await names(first)).toEqual(['First', 'Second (copy)']);
    expect(second.network().id).not.toBe(first.network().id);
  });

  it('does not take its own saving for another tab’s', async () => {
    const tab = await openTab();
    tab.rename('One');
    const saving = tab.saveNow();
    tab.rename('Two');
    await Promise.all([saving, tab.saveNow(), tab.saveNow()]);
    expect(tab.told).toEqual([]);
    expect(await names(tab)).toEqual(['Two']);
  });

  it('keeps what was edited just before the page was left', async () => {
    const tab = await openTab();
    tab.rename('Mine');
    await tab.saveNow();
    tab.rename('Late');
    // The database no longer answers: the page is gone.
    const database = indexedDB;
    vi.stubGlobal('indexedDB', new IDBFactory());
    tab.leave();
    vi.stubGlobal('indexedDB', database);
    expect((await openTab()).network().document.name).toBe('Late');
  });

  it('does not bring back old edits over what was saved after them', async () => {
    const tab = await openTab();
    tab.rename('Mine');
    await tab.saveNow();
    const id = tab.network().id;
    tab.rename('Newer');
    await tab.saveNow();
    localStorage.setItem(`tensorloom.unsaved.v1.${id}`, JSON.stringify({ text: '{}', revision: 1 }));
    expect((await openTab()).network().document.name).toBe('Newer');
  });

  it('reports a network that cannot be read, and leaves it as it is', async () => {
    const first = await openTab();
    first.rename('Mine');
    await first.saveNow();
    const { id } = first.network();
    const { database } = await import('@/state/storage/database');
    await (await database()).put('networks', { id, text: 5 }, id);
    const tab = await openTab();
    expect(tab.told[0]).toMatch(/could not be opened. The saved record is damaged/);
    expect(tab.network().document.name).toBe('LeNet-5');
    expect(await tab.storage.listNetworks()).toMatchObject({ damaged: [id] });
  });

  it('says once that the browser keeps nothing, and goes on', async () => {
    const refuse = () => {
      throw new Error('no storage here');
    };
    vi.stubGlobal('indexedDB', { open: refuse });
    const tab = await openTab();
    tab.rename('One');
    await tab.saveNow();
    tab.rename('Two');
    await tab.saveNow();
    expect(tab.told).toHaveLength(1);
    expect(tab.told[0]).toContain('no storage here');
    expect(tab.network().document.name).toBe('Two');
  });

  it('opens the network being left only after it is safe', async () => {
    const tab = await openTab();
    tab.rename('Mine');
    await tab.openNew(mlp);
    expect(await names(tab)).toEqual(['MLP', 'Mine']);
  });
});

describe('saved networks', () => {
  it('are renamed, and deleted together with their weights until that is undone', async () => {
    const { network, saveNow, rename, storage } = await openTab();
    rename('Mine');
    await saveNow();
    const { id } = network();
    await storage.saveWeights(id, { epoch: 3 });
    await storage.renameNetwork(id, 'Yours');
    const restore = await storage.deleteNetwork(id);
    expect((await storage.listNetworks()).networks).toEqual([]);
    expect(await storage.loadWeights(id)).toBeUndefined();
    await restore();
    expect((await storage.loadNetwork(id))?.document.name).toBe('Yours');
    expect(await storage.loadWeights(id)).toEqual({ epoch: 3 });
  });
});
