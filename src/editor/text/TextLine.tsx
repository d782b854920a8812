import { joinEntries, UNKNOWN, UNKNOWN_SIGN, type Vocabulary } from '@/datasets';

interface Props {
  unit: Vocabulary['unit'];
  entries: readonly string[];
}

/** A text as the network reads it. The end of a line is shown, and words that are not listed stand out. */
export function TextLine({ unit, entries }: Props) {
  if (unit === 'character') {
    return <span className="font-mono whitespace-pre-wrap">{joinEntries(entries, unit).replaceAll('\n', '↵\n')}</span>;
  }
  if (unit === 'sound') return <span className="font-mono">{joinEntries(entries, unit)}</span>;
  return <span>{wordParts(entries)}</span>;
}

/** Stretches of known words, with a sign for each unknown one between them. */
function wordParts(entries: readonly string[]) {
  const parts: { words: string[]; unknown: boolean; from: number }[] = [];
  for (const [at, entry] of entries.entries()) {
    const unknown = entry === UNKNOWN;
    const last = parts.at(-1);
    if (last && !last.unknown && !unknown) last.words.push(entry);
    else parts.push({ words: [entry], unknown, from: at });
  }
  return parts.map(({ words, unknown, from }) => {
    const text = joinEntries(words, 'word');
    const gap = from === 0 || /^[.,!?;:]/.test(text) ? '' : ' ';
    if (!unknown) return gap + text;
    return (
      <span key={from} className="text-muted" title="A word that is not in the vocabulary">
        {gap}
        <span aria-hidden>{UNKNOWN_SIGN}</span>
        <span className="sr-only">unknown word</span>
      </span>
    );
  });
}
