/** What both pages show: cards at places, and wires between them. */
export interface Figure {
  cards: { id: string; at: [number, number] }[];
  wires: { from: string; to: string }[];
  /** What is in sight; all where absent. */
  view?: { x: number; y: number; zoom: number } | undefined;
}

declare global {
  interface Window {
    /** Put there before the bare page begins. */
    figure?: Figure;
  }
}
