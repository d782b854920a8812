/** How the person has arranged the screen. Kept in the browser, checked when read. */
import { z } from 'zod';
import { create } from 'zustand';

export const DOCK_TABS = ['training', 'data', 'problems', 'summary', 'code'] as const;
export type DockTab = (typeof DOCK_TABS)[number];

const kept = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  direction: z.enum(['down', 'right']).catch('down'),
  dockTab: z.enum(DOCK_TABS).catch('training'),
  dockOpen: z.boolean().catch(false),
  paletteOpen: z.boolean().catch(true),
  inspectorOpen: z.boolean().catch(true),
  /** The families of layers that are folded in the list of layers. */
  folded: z.array(z.string()).catch([]),
  hintsSeen: z.boolean().catch(false),
  layouts: z.record(z.string(), z.record(z.string(), z.number())).catch({}),
});

type Kept = z.infer<typeof kept>;

interface ViewStore extends Kept {
  openDock(tab: DockTab): void;
  closeDock(): void;
  set(change: Partial<Kept>): void;
}

const KEY = 'tensorloom.view.v1';

function read(): Kept {
  try {
    return kept.parse(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
  } catch {
    return kept.parse({});
  }
}

export const useView = create<ViewStore>((set) => ({
  ...read(),
  openDock: (dockTab) => set({ dockTab, dockOpen: true }),
  closeDock: () => set({ dockOpen: false }),
  set: (change) => set(change),
}));

useView.subscribe((state) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept.parse(state)));
  } catch {
    // Without storage the arrangement lasts as long as the page.
  }
});
