import { useId, useRef, useState } from 'react';
import type { NetworkDocument } from '@/document';
import { Button } from '@/editor/ui';
import { parseNative } from '@/formats';
import { useNetwork } from '@/state/network';
import { lineIn } from './place';

interface Props {
  /** The text editing began with. */
  initial: string;
  document: NetworkDocument;
  onDone(): void;
}

/** The document as text to change. Nothing happens to the network before the text is a network again. */
export function CodeEdit({ initial, document, onDone }: Props) {
  const edit = useNetwork((state) => state.editWhole);
  const [text, setText] = useState(initial);
  const [error, setError] = useState<string>();
  const [before] = useState(document);
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();

  const apply = () => {
    try {
      const next = parseNative(text);
      edit('edit the code', () => next);
      onDone();
    } catch (reason) {
      const message = reason instanceof Error ? reason.message : String(reason);
      setError(message);
      const line = lineIn(message, text);
      if (line && area.current) {
        area.current.focus();
        area.current.setSelectionRange(line.start, line.end);
        area.current.scrollTop = Math.max(0, (line.number - 4) * 20);
      }
    }
  };
  return (
    <div className="flex h-full flex-col">
      <textarea
        ref={area}
        aria-label="The network as JSON"
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : id}
        spellCheck={false}
        wrap="off"
        className="min-h-0 flex-1 resize-none bg-sunken p-2 font-mono text-xs leading-5 focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setError(undefined);
        }}
      />
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-1.5">
        <p id={id} role="alert" className="min-w-0 flex-1 text-danger">
          {error}
        </p>
        {document === before ? null : (
          <p className="text-warning">The network was changed meanwhile; applying replaces those changes.</p>
        )}
        <Button size="small" onClick={onDone}>
          Cancel
        </Button>
        <Button size="small" variant="primary" disabled={text === initial} onClick={apply}>
          Apply
        </Button>
      </div>
    </div>
  );
}
