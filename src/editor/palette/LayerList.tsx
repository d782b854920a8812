/** A list of layers to choose one from with the pointer or the arrow keys. */
import { clsx } from 'clsx';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import type { LayerDeclaration } from '@/layers';
import { searchLayers } from './search';

interface Props {
  layers: readonly LayerDeclaration[];
  label: string;
  /** What is shown where nothing answers. */
  nothing: ReactNode;
  onChoose(type: string): void;
}

/** A search field over a list: typing narrows it, the arrows move in it, Enter takes one. */
export function LayerList({ layers, label, nothing, onChoose }: Props) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const found = searchLayers(query, layers);
  const current = found[Math.min(at, found.length - 1)];
  const move = (to: number) => {
    const next = (to + found.length) % Math.max(1, found.length);
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(at + 1);
    else if (event.key === 'ArrowUp') move(at - 1);
    else if (event.key === 'Enter' && current) onChoose(current.type);
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex min-h-0 flex-col">
      <input
        // biome-ignore lint/a11y/noAutofocus: the list was asked for; typing is what comes next
        autoFocus
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={id}
        aria-activedescendant={current ? `${id}-${current.type}` : undefined}
        placeholder="Search layers"
        className="border-b border-line bg-transparent px-3 py-2 outline-none placeholder:text-muted"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={id} role="listbox" aria-label={label} className="min-h-0 overflow-y-auto p-1">
        {found.map((layer, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled where the focus is, in the field
          <div
            key={layer.type}
            id={`${id}-${layer.type}`}
            role="option"
            tabIndex={-1}
            aria-selected={layer === current}
            className={clsx(
              'flex cursor-pointer items-center gap-2 rounded-sm px-2 py-1',
              layer === current && 'bg-hover',
            )}
            onPointerMove={() => setAt(index)}
            onClick={() => onChoose(layer.type)}
          >
            <span
              aria-hidden
              className="size-2 shrink-0 rounded-full"
              style={{ background: `var(--family-${layer.family})` }}
            />
            <span className="shrink-0">{layer.title}</span>
            <span className="min-w-0 truncate text-xs text-muted">{layer.summary}</span>
          </div>
        ))}
        {found.length === 0 ? <p className="px-2 py-2 text-muted">{nothing}</p> : null}
      </div>
    </div>
  );
}
