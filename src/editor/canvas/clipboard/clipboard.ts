/** The clipboard holds text, so that layers travel between tabs, into mails and back. */
import {
  copyWithBlocks,
  DocumentError,
  type Fragment,
  formatFragment,
  type Point,
  parseFragment,
  pasteWithBlocks,
} from '@/document';
import { useNetwork } from '@/state/network';
import { useSelection } from '@/state/selection';
import { CARD } from '../geometry';
import { countOf, deleteSelection } from '../selected';
import { inView, middle } from '../viewport';

/** How a text of ours is told from any other. */
const MARK = 'tensorloom-fragment';

const STEP = 40;

/** Pasting the same text again and again steps aside each time. */
let last = { text: '', times: 0 };

/** The selected nodes as text; null where none are. */
export function copied(): string | null {
  const { nodes } = useSelection.getState();
  if (nodes.size === 0) return null;
  const text = formatFragment(copyWithBlocks(useNetwork.getState().document, nodes));
  last = { text, times: 0 };
  return text;
}

export function cut(): string | null {
  const text = copied();
  if (text !== null) deleteSelection('Cut');
  return text;
}

/**
 * Pastes layers. Text that is not ours is left alone.
 * @returns what to tell the person where a text is ours but broken
 */
export function paste(text: string): { taken: boolean; complaint?: string } {
  if (!text.includes(MARK)) return { taken: false };
  try {
    const complaint = pasteFragment(parseFragment(text), text);
    return { taken: true, ...(complaint !== null && { complaint }) };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { taken: true, complaint: `The copied layers cannot be read. ${error.message}` };
  }
}

/** @returns why it cannot be pasted here; null where it was */
function pasteFragment(fragment: Fragment, text: string): string | null {
  const count = Object.keys(fragment.nodes).length;
  if (count === 0) return null;
  const times = last.text === text ? last.times + 1 : 1;
  last = { text, times };
  const { document, block, edit } = useNetwork.getState();
  const pasted = pasteWithBlocks(document, fragment, offsetOf(fragment, times), block);
  if ('refusal' in pasted) return pasted.refusal;
  edit(`Paste ${countOf(count)}`, () => pasted.document);
  useSelection.getState().select(pasted.ids);
  return null;
}

/** Beside the originals where those are in sight, else in the middle of what is seen. */
function offsetOf({ nodes }: Fragment, times: number): Point {
  const places = Object.values(nodes).flatMap(({ at }) => (at ? [at] : []));
  if (places.length === 0) return [0, 0];
  const left = Math.min(...places.map(([x]) => x));
  const top = Math.min(...places.map(([, y]) => y));
  const stepped: Point = [STEP * times, STEP * times];
  if (inView([left + stepped[0], top + stepped[1]])) return stepped;
  const right = Math.max(...places.map(([x]) => x)) + CARD.width;
  const bottom = Math.max(...places.map(([, y]) => y)) + CARD.height;
  const [x, y] = middle();
  return [Math.round(x - (left + right) / 2), Math.round(y - (top + bottom) / 2)];
}
