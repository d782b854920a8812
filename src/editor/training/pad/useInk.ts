/** Drawing on a canvas with mouse, finger or pen. */
import { type PointerEvent, type RefObject, useRef } from 'react';
import type { ProbeSample } from '@/training/protocol';
import type { Ink } from './digit';

/** Side of the pad in its own pixels: ten for each one of MNIST. */
export const PAD = 280;
const PEN = 22;

interface Options {
  /** With all ink on the pad, while it is being drawn. */
  onInk(ink: Ink): void;
  /** The pen was lifted. */
  onLift(): void;
}

export function useInk(canvas: RefObject<HTMLCanvasElement | null>, { onInk, onLift }: Options) {
  const pen = useRef<{ x: number; y: number } | null>(null);
  const frame = useRef(0);

  const context = () => canvas.current?.getContext('2d', { willReadFrequently: true }) ?? null;
  const place = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const box = canvas.current?.getBoundingClientRect();
    if (!box) return null;
    return { x: ((clientX - box.left) * PAD) / box.width, y: ((clientY - box.top) * PAD) / box.height };
  };
  const stroke = (to: { x: number; y: number } | null) => {
    const draw = context();
    if (!draw || !to) return;
    const from = pen.current ?? to;
    draw.strokeStyle = 'white';
    draw.lineWidth = PEN;
    draw.lineCap = 'round';
    draw.lineJoin = 'round';
    draw.beginPath();
    draw.moveTo(from.x, from.y);
    // A point without extent would draw nothing.
    draw.lineTo(to.x + (from === to ? 0.01 : 0), to.y);
    draw.stroke();
    pen.current = to;
  };
  /** Once a frame at most, however fast the pen reports. */
  const report = () => {
    if (frame.current !== 0) return;
    frame.current = requestAnimationFrame(() => {
      frame.current = 0;
      const draw = context();
      if (draw) onInk(inkOf(draw));
    });
  };

  return {
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        pen.current = null;
        stroke(place(event));
        report();
      },
      onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => {
        if (!pen.current) return;
        const moves = event.nativeEvent.getCoalescedEvents();
        for (const move of moves.length > 0 ? moves : [event]) stroke(place(move));
        report();
      },
      onPointerUp: () => {
        pen.current = null;
        onLift();
      },
      onPointerCancel: () => {
        pen.current = null;
      },
    },
    clear: () => context()?.clearRect(0, 0, PAD, PAD),
    /** Puts a sample on the pad, as a base to draw on. */
    show: (image: NonNullable<ProbeSample['image']>) => {
      const draw = context();
      if (!draw) return;
      draw.clearRect(0, 0, PAD, PAD);
      const [wide, tall] = [PAD / image.width, PAD / image.height];
      image.pixels.forEach((level, pixel) => {
        draw.fillStyle = `rgb(255 255 255 / ${level / 255})`;
        draw.fillRect((pixel % image.width) * wide, Math.floor(pixel / image.width) * tall, wide, tall);
      });
    },
  };
}

function inkOf(context: CanvasRenderingContext2D): Ink {
  const { data } = context.getImageData(0, 0, PAD, PAD);
  const values = new Float32Array(PAD * PAD);
  for (let pixel = 0; pixel < values.length; pixel++) values[pixel] = (data[pixel * 4 + 3] ?? 0) / 255;
  return { width: PAD, height: PAD, values };
}
