/** Where in a text an error message points. */
export interface Line {
  /** From 1. */
  number: number;
  start: number;
  end: number;
}

/**
 * The line a message names (`Line 3, column 5: …`), or the first one with the last name of the path it gives
 * (`At graph.nodes.conv1.params: …`). Null where it says nothing of a place.
 */
export function lineIn(message: string, text: string): Line | null {
  const number = Number(/^Line (\d+)/.exec(message)?.[1] ?? numberOfPath(message, text));
  if (!(number > 0)) return null;
  const lines = text.split('\n');
  const start = lines.slice(0, number - 1).reduce((length, line) => length + line.length + 1, 0);
  return { number, start, end: start + (lines[number - 1]?.length ?? 0) };
}

function numberOfPath(message: string, text: string): number {
  const path = /^At ([^:]+):/.exec(message)?.[1];
  const names = path?.split(/[.[\]"]+/).filter((name) => name !== '' && !/^\d+$/.test(name)) ?? [];
  const lines = text.split('\n');
  let found = 0;
  let from = 0;
  for (const name of names) {
    const at = lines.findIndex((line, index) => index >= from && line.includes(`"${name}"`));
    if (at < 0) break;
    found = at + 1;
    from = at;
  }
  return found;
}
