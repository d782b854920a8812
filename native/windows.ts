/** Where windows lie on images, [N, H, W, C], and the parts of images that they see at a time. */
import { bytes } from './vectors';

/** Written by src/engine/native/windows.ts, in this order. Places are addresses, other sizes are of numbers or pixels. */
@unmanaged
export class Windows {
  batch: i32;
  height: i32;
  width: i32;
  channels: i32;
  /** How many windows there are, down and across. */
  outHeight: i32;
  outWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  /** Where the first window begins, before the first row and column. */
  top: i32;
  left: i32;
  /** Rows a window reaches over. */
  reach: i32;
  /** The width with what windows reach beyond it; 0 where they reach beyond nothing and no copy is needed. */
  columns: i32;
  /** Of the result, in bytes, from a window's place to the next. */
  yImage: usize;
  yRow: usize;
  yStep: usize;
  /** Of the result. */
  maps: i32;
  /** What a window consists of: see `PIECE` in tiles.ts. */
  pieces: usize;
  count: i32;
  depth: i32;
  /** Images, and rows of windows, that are looked at together. */
  images: i32;
  rows: i32;
}

/** How many bands of rows of windows an image is looked at in. */
export function bandsOf(w: Windows): i32 {
  return (w.outHeight + w.rows - 1) / w.rows;
}

/** Bytes from a row to the next of what windows see. */
export function pitchOf(w: Windows): usize {
  return bytes((w.columns > 0 ? w.columns : w.width) * w.channels);
}

/** Bytes from an image to the next of what windows see. @param rows of windows */
function imageOf(w: Windows, rows: i32): usize {
  if (w.columns === 0) return bytes(w.height * w.width * w.channels);
  return <usize>((rows - 1) * w.strideHeight + w.reach) * pitchOf(w);
}

/**
 * Where the windows of a band see what they see: the images themselves, or a copy in the room with zeros around it.
 * @returns the address of the first window
 */
export function lookAt(w: Windows, x: usize, image: i32, images: i32, row: i32, rows: i32, room: usize): usize {
  const whole = bytes(w.height * w.width * w.channels);
  const line = bytes(w.width * w.channels);
  if (w.columns === 0) return x + <usize>image * whole + <usize>(row * w.strideHeight) * line;
  const seen = (rows - 1) * w.strideHeight + w.reach;
  const before = bytes(w.left * w.channels);
  const behind = pitchOf(w) - before - min(line, pitchOf(w) - before);
  const middle = pitchOf(w) - before - behind;
  let to = room;
  for (let at = image; at < image + images; at++) {
    for (let y = row * w.strideHeight - w.top, end = y + seen; y < end; y++) {
      if (y < 0 || y >= w.height) {
        memory.fill(to, 0, pitchOf(w));
      } else {
        if (before > 0) memory.fill(to, 0, before);
        memory.copy(to + before, x + <usize>at * whole + <usize>y * line, middle);
        if (behind > 0) memory.fill(to + before + middle, 0, behind);
      }
      to += pitchOf(w);
    }
  }
  return room;
}

/** The address of a window within what `lookAt` gave. @param image of those looked at @param row of the band's */
export function windowAt(w: Windows, seen: usize, rows: i32, image: i32, row: i32, column: i32): usize {
  return (
    seen +
    <usize>image * imageOf(w, rows) +
    <usize>(row * w.strideHeight) * pitchOf(w) +
    bytes(column * w.strideWidth * w.channels)
  );
}
