import { memo } from 'react';

interface Props {
  width: number;
  height: number;
  rgba: Uint8ClampedArray<ArrayBuffer>;
  /** What it shows; decoration where absent. */
  label?: string;
  className?: string;
}

/** A few pixels, drawn large and sharp. */
export const PixelImage = memo(function PixelImage({ width, height, rgba, label, className }: Props) {
  return (
    <canvas
      ref={(canvas) => void canvas?.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0)}
      width={width}
      height={height}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined}
      className={className}
      style={{ imageRendering: 'pixelated' }}
    />
  );
});
