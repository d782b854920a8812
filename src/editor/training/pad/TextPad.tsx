import { useEffect, useId, useState } from 'react';
import { encoderFor, joinEntries } from '@/datasets';
import { useDataset } from '@/editor/data/useDataset';
import { Select } from '@/editor/ui';
import { useRun } from '@/state/run';
import type { Probe } from '@/training/protocol';
import type { Readable } from '../readiness';
import { ContinuePad } from './ContinuePad';
import { Judged } from './Judged';
import { Tagged } from './Tagged';
import { WrittenOut } from './WrittenOut';

const FIELD = 'w-full rounded-md border border-line bg-field px-2 py-1 outline-accent focus-visible:outline-2';

/** Characters of a sample that its name in the list shows. */
const LABEL = 60;

interface Props {
  readable: Readable;
  probe: Probe | null;
}

/** A place to type, and what the network makes of it. */
export function TextPad({ readable, probe }: Props) {
  const wake = useRun((state) => state.wake);
  const { loading } = useDataset(readable.dataset);
  // Weights kept from before are given to the worker as soon as there is somewhere to type.
  useEffect(() => void wake(), [wake]);
  if (loading.state === 'failed') return <p className="text-danger">{loading.message}</p>;
  if (loading.state === 'loading') return <p className="text-muted">Loading the vocabulary…</p>;
  const entries = loading.dataset.columns[readable.task.text]?.entries ?? [];
  if (readable.task.kind === 'continue') return <ContinuePad readable={readable} entries={entries} />;
  return <ReadingPad readable={readable} probe={probe} entries={entries} />;
}

function ReadingPad({ readable, probe, entries }: Props & { entries: readonly string[] }) {
  const id = useId();
  const [text, setText] = useState('');
  const { task, unit } = readable;
  const encoded = encoderFor(unit, entries)(text);
  const indices = encoded.indices.slice(0, readable.steps);
  const shown = { readable, indices, symbols: encoded.symbols.slice(0, readable.steps) };
  const loadable = [...(probe?.samples ?? []), ...(probe?.sequences ?? [])].flatMap((sample, position) =>
    sample.text ? [{ value: String(position), text: joinEntries(sample.text.entries, unit) }] : [],
  );
  const short = unit === 'character';
  return (
    <div className="flex flex-col gap-2">
      <div>
        <label htmlFor={id} className="mb-1 block text-xs text-muted">
          {short ? 'A word of your own' : 'A text of your own'}
        </label>
        {short ? (
          <input
            id={id}
            value={text}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            className={FIELD}
            onChange={(event) => setText(event.target.value)}
          />
        ) : (
          <textarea
            id={id}
            value={text}
            rows={3}
            maxLength={5000}
            spellCheck={false}
            className={`${FIELD} resize-y`}
            onChange={(event) => setText(event.target.value)}
          />
        )}
        <ReadAs unlisted={encoded.unlisted} read={indices.length} all={encoded.indices.length} readable={readable} />
      </div>
      {loadable.length > 0 ? (
        <Select
          label="Load a validation sample"
          value=""
          placeholder="Load a sample…"
          options={loadable.map((sample) => ({ value: sample.value, label: sample.text.slice(0, LABEL) }))}
          onValueChange={(position) => setText(loadable.find(({ value }) => value === position)?.text ?? '')}
        />
      ) : null}
      {task.kind === 'label' ? <Judged {...shown} /> : null}
      {task.kind === 'tags' ? <Tagged {...shown} /> : null}
      {task.kind === 'write' ? <WrittenOut {...shown} /> : null}
    </div>
  );
}

interface ReadAsProps {
  readable: Readable;
  unlisted: readonly string[];
  read: number;
  all: number;
}

/** What of the text the network does not get to see as it was typed. */
function ReadAs({ unlisted, read, all, readable: { unit } }: ReadAsProps) {
  const notes = [
    ...(unlisted.length > 0
      ? [`${unit === 'word' ? 'Read as unknown' : 'Left out'}: ${[...new Set(unlisted)].slice(0, 12).join(', ')}.`]
      : []),
    ...(all > read ? [`Only the first ${read} ${unit}s are read.`] : []),
  ];
  return notes.length > 0 ? <p className="mt-1 text-xs text-muted">{notes.join(' ')}</p> : null;
}
