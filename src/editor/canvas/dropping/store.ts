/** A layer on its way from the palette, and the list that opens where a wire was dropped. */
import { create } from 'zustand';
import type { LooseEnd } from '../connecting/store';

interface Dropping {
  /** The layer type being dragged; a drag's own data cannot be read before it is dropped. */
  type: string | null;
  /** The wire it would be put on, by `edgeKey`. */
  edge: string | null;
  /** Where to ask for a layer, on the screen, and the wire's loose end. */
  picker: Picker | null;
}

export interface Picker {
  x: number;
  y: number;
  /** Absent: a layer by itself is wanted. */
  wire?: LooseEnd;
}

export const useDropping = create<Dropping>(() => ({ type: null, edge: null, picker: null }));

/** The kind of data that a layer is dragged as. */
export const LAYER_DATA = 'application/x-tensorloom-layer';

export const beginDrag = (type: string): void => useDropping.setState({ type, edge: null });

export const endDrag = (): void => useDropping.setState({ type: null, edge: null });

export const openPicker = (picker: Picker): void => useDropping.setState({ picker });

export const closePicker = (): void => useDropping.setState({ picker: null });
