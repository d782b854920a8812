import { Canvas } from '@/editor/canvas';
import { CanvasBar } from './CanvasBar';
import { Hints } from './Hints';

/** The canvas with what lies upon it. */
export function Work() {
  return (
    <main className="relative h-full bg-canvas" aria-label="Canvas">
      <Canvas />
      <CanvasBar />
      <Hints />
    </main>
  );
}
