/** How our own convolutions go over images: what native/windows.ts reads. */
import type { Native, Room } from './module';

/** Bytes of images that stay in the second cache. */
const NEAR = 192 * 1024;

/** Windows that are looked at together: as many as make the most of a panel of the filter, or of their gradients' panel. */
const MOST_WINDOWS = 512;
const FEWEST_WINDOWS = 128;

/** A run of numbers that a window sees in one piece, and where what they are multiplied with lies. */
export interface Piece {
  /** Rows below the window's first. */
  row: number;
  /** Numbers behind the row's first. */
  at: number;
  /** Numbers behind the filter's first. */
  filter: number;
  /** How many numbers. */
  length: number;
}

/** Images and the windows on them. */
export interface Sight {
  batch: number;
  height: number;
  width: number;
  channels: number;
  outHeight: number;
  outWidth: number;
  strideHeight: number;
  strideWidth: number;
  /** Rows and columns of zeros before the first. */
  top: number;
  left: number;
  /** Rows and columns that a window reaches over. */
  reachHeight: number;
  reachWidth: number;
}

/** Where results go, in numbers: from image to image, from row to row, from window to window. */
export interface Steps {
  image: number;
  row: number;
  step: number;
}

export interface Laid {
  plan: number;
  /** Numbers of a window. */
  depth: number;
  /** How many bands, or groups of small images. */
  units: number;
  room: Room;
}

/**
 * Writes down how windows lie.
 * @param maps of the result
 * @param panels whether the gradients of what windows gave are laid out in panels, too
 */
export function layWindows(
  ours: Native,
  sight: Sight,
  pieces: readonly Piece[],
  maps: number,
  steps: Steps,
  panels: boolean,
): Laid {
  const { batch, height, width, channels, outHeight, outWidth, strideHeight, strideWidth, top, left } = sight;
  const rowsSeen = (outHeight - 1) * strideHeight + sight.reachHeight;
  const columnsSeen = (outWidth - 1) * strideWidth + sight.reachWidth;
  const copied = top > 0 || left > 0 || rowsSeen > height || columnsSeen > width;
  const pitch = (copied ? columnsSeen : width) * channels;
  const seen = (rows: number): number => 4 * pitch * ((rows - 1) * strideHeight + sight.reachHeight);
  // Room for each window: two addresses, or rows of its gradients' panels and a line of what it sees.
  const windows = outWidth * (panels ? 32 * Math.ceil(maps / 8) + 64 : 8);
  const most = panels ? MOST_WINDOWS / 2 : MOST_WINDOWS;
  let rows = outHeight;
  while (rows > 1 && (seen(rows) > NEAR || rows * outWidth > most)) rows = Math.ceil(rows / 2);
  const wanted = Math.ceil((panels ? most : FEWEST_WINDOWS) / (outHeight * outWidth));
  const images = rows < outHeight ? 1 : Math.max(1, Math.min(batch, Math.floor(NEAR / seen(rows)), wanted));
  const listed = pieces.flatMap(({ row, at, filter, length }) => [4 * (row * pitch + at), 4 * filter, length]);
  const each = TILE + SPARE + images * (rows * windows + (copied ? seen(rows) : 0));
  const room = ours.room(4 * (PLAN + listed.length), each);
  const plan = room.address;
  const list = plan + 4 * PLAN;
  const depth = pieces.reduce((sum, { length }) => sum + length, 0);
  ours.note(plan, [
    ...[batch, height, width, channels, outHeight, outWidth, strideHeight, strideWidth, top, left],
    ...[sight.reachHeight, copied ? columnsSeen : 0, 4 * steps.image, 4 * steps.row, 4 * steps.step],
    ...[maps, list, pieces.length, depth, images, rows],
  ]);
  ours.note(list, listed);
  return { plan, depth, units: Math.ceil(batch / images) * Math.ceil(outHeight / rows), room };
}

/** What is read a line at a time may be read beyond its end. */
const SPARE = 64;

/** Bytes of a tile: see native/tiles.ts. */
const TILE = 128;

/** Numbers of a plan. */
const PLAN = 21;

/** Pieces no longer than this, so that some of them fill a panel in the nearest cache: DEPTH in native/tiles.ts. */
export const LONGEST = 256;
