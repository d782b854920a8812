import { beforeEach, describe, expect, it, vi } from 'vitest';

let stored: string | null = null;

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('localStorage', {
    getItem: () => stored,
    setItem: (_key: string, value: string) => {
      stored = value;
    },
  });
});

const viewWith = async (text: string | null) => {
  stored = text;
  return (await import('@/state/view')).useView;
};

describe('the arrangement of the screen', () => {
  it.each([
    ['nothing', null],
    ['no JSON', '{'],
    ['something else', '[1, 2]'],
    ['unknown values', '{"theme":"purple","direction":7,"dockTab":"games","layouts":{"panels":{"dock":"x"}}}'],
  ])('is the usual one where the browser holds %s', async (_what, text) => {
    const { theme, direction, dockTab, dockOpen, hintsSeen } = (await viewWith(text)).getState();
    expect({ theme, direction, dockTab, dockOpen, hintsSeen }).toEqual({
      theme: 'system',
      direction: 'down',
      dockTab: 'training',
      dockOpen: false,
      hintsSeen: false,
    });
  });

  it('keeps the good values beside a bad one', async () => {
    expect((await viewWith('{"theme":"dark","dockTab":5}')).getState().theme).toBe('dark');
  });

  it('is kept', async () => {
    (await viewWith(null)).getState().openDock('summary');
    expect(JSON.parse(stored ?? '')).toMatchObject({ dockOpen: true, dockTab: 'summary' });
  });
});
