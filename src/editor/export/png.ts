/** The largest side a canvas is sure to draw in every browser. */
const LARGEST_SIDE = 8192;

/**
 * Draws an SVG picture into a PNG.
 * @param scale pixels for each unit of the picture; reduced where the picture would grow too large to draw
 * @throws Error in words a person can read where the browser cannot draw the picture
 */
export async function svgToPng(
  svg: string,
  { scale = 2, background }: { scale?: number; background?: string } = {},
): Promise<Blob> {
  const image = await loadImage(svg);
  const { width, height } = sizeOf(svg, image);
  const factor = Math.min(scale, LARGEST_SIDE / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * factor));
  canvas.height = Math.max(1, Math.round(height * factor));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser cannot draw pictures. Take the SVG instead.');
  if (background !== undefined) {
    context.fillStyle = background;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large for a PNG. Take the SVG instead.'))),
      'image/png',
    );
  });
}

async function loadImage(svg: string): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } catch (cause) {
    throw new Error('The picture could not be drawn. Take the SVG instead.', { cause });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Firefox gives an SVG without width and height no size of its own, so the view box is read. */
function sizeOf(svg: string, image: HTMLImageElement): { width: number; height: number } {
  if (image.naturalWidth > 0 && image.naturalHeight > 0)
    return { width: image.naturalWidth, height: image.naturalHeight };
  const box = /viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"/.exec(svg);
  return { width: Number(box?.[1] ?? 800), height: Number(box?.[2] ?? 600) };
}
