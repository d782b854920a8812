import { Breadcrumb } from '@/editor/blocks/Breadcrumb';
import { Canvas } from '@/editor/canvas';
import { CanvasBar } from './CanvasBar';
import { Hints } from './Hints';

/** The canvas with what lies upon it. */
export function Work() {
  return (
    <main className="flex h-full flex-col bg-canvas" aria-label="Canvas">
      <Breadcrumb />
      <div className="relative min-h-0 flex-1">
        <Canvas />
        <CanvasBar />
        <Hints />
      </div>
    </main>
  );
}
