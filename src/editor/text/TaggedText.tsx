import { entryName, NO_TAG, UNKNOWN, UNKNOWN_SIGN } from '@/datasets';

interface Props {
  /** What stands at each step. */
  words: readonly string[];
  /** The class of each step, by name. */
  tags: readonly string[];
  /** The right class, where it is known and this may be another. */
  actual?: readonly string[];
}

/** Words, each with its class under it. A wrong one is struck out, with the right one beside it. */
export function TaggedText({ words, tags, actual }: Props) {
  return (
    <p className="flex flex-wrap gap-x-1.5 gap-y-1">
      {words.map((word, at) => {
        const tag = tags[at] ?? '';
        const right = actual?.[at] ?? tag;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a word is known by its place only
          <span key={at} className="inline-flex flex-col items-center leading-tight">
            <span className={word === UNKNOWN ? 'text-muted' : ''}>{word === UNKNOWN ? UNKNOWN_SIGN : word}</span>
            {tag === right ? <Tag name={tag} /> : <Mistake said={tag} right={right} />}
          </span>
        );
      })}
    </p>
  );
}

function Tag({ name }: { name: string }) {
  if (name === NO_TAG) {
    return (
      <span className="text-[11px] text-muted">
        <span aria-hidden>·</span>
      </span>
    );
  }
  return (
    <span className="rounded-sm bg-sunken px-1 text-[11px] text-muted">
      <span className="sr-only">: </span>
      {entryName(name)}
    </span>
  );
}

/** A wrong class struck out, with the right one beside it. */
export function Mistake({ said, right }: { said: string; right: string }) {
  return (
    <span className="rounded-sm border border-danger px-1 text-[11px] text-danger">
      <span className="sr-only">: said </span>
      <s>{entryName(said)}</s>
      <span className="sr-only"> instead of </span> {entryName(right)}
    </span>
  );
}
