/** How large the panels are, in pixels, so that a larger window gives its room to the canvas. */
import { useView } from '@/state/view';

const PANELS = 'panels';

export type PanelName = 'palette' | 'inspector' | 'dock';

const DEFAULTS: Readonly<Record<PanelName, number>> = { palette: 216, inspector: 304, dock: 340 };

export const sizeOf = (panel: PanelName): number => useView.getState().layouts[PANELS]?.[panel] ?? DEFAULTS[panel];

export function rememberSize(panel: PanelName, pixels: number): void {
  const { layouts, set } = useView.getState();
  const size = Math.round(pixels);
  if (size === layouts[PANELS]?.[panel]) return;
  set({ layouts: { ...layouts, [PANELS]: { ...layouts[PANELS], [panel]: size } } });
}
