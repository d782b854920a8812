/** Entries of a vocabulary that stand for no part of a text. */

/** Always the first entry: fills a text up to the length of its field. */
export const PADDING = '';
/** Whatever is not listed. */
export const UNKNOWN = '<unknown>';
/** As people see it, and may type it. */
export const UNKNOWN_SIGN = '▢';
/** Before the first and after the last of what a network writes itself. */
export const START = '<start>';
export const END = '<end>';

/** The class of a step of which there is nothing to say. */
export const NO_TAG = 'none';

const NAMES: Readonly<Record<string, string>> = {
  [PADDING]: 'padding',
  [UNKNOWN]: 'unknown',
  [START]: 'start',
  [END]: 'end',
  ' ': 'space',
  '\n': 'line end',
};

/** What an entry is called where it stands by itself and must be seen. */
export const entryName = (entry: string): string => NAMES[entry] ?? entry;
