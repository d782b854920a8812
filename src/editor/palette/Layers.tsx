/** All layer types: to search, to drag onto the canvas, to add by click or Enter. */
import { ChevronRight, Search } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { addLayer } from '@/editor/canvas/adding/edit';
import { beginDrag, endDrag, LAYER_DATA } from '@/editor/canvas/dropping/store';
import { FAMILIES, LAYERS, type LayerDeclaration } from '@/layers';
import { useView } from '@/state/view';
import { moveFocus } from './roving';
import { searchLayers } from './search';

export function Layers() {
  const [query, setQuery] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const found = searchLayers(query);
  const searching = query.trim() !== '';
  const onSearchKey = (event: KeyboardEvent) => {
    const [best] = found;
    if (event.key === 'ArrowDown') list.current?.querySelector<HTMLElement>('button:not([data-aside])')?.focus();
    else if (event.key === 'Enter' && searching && best) addLayer(best.type);
    else if (event.key === 'Escape' && searching) setQuery('');
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="relative shrink-0 p-2">
        <Search
          size={14}
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-4 -translate-y-1/2 text-muted"
        />
        <input
          type="search"
          aria-label="Search layers"
          placeholder="Search layers"
          className="h-7 w-full rounded-md border border-line bg-field pr-2 pl-7 outline-none placeholder:text-muted focus-visible:border-accent"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onSearchKey}
        />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: moves the focus between the buttons within */}
      <div ref={list} className="min-h-0 flex-1 overflow-y-auto px-2 pb-3" onKeyDown={moveFocus}>
        {searching
          ? found.map((layer) => <PaletteItem key={layer.type} layer={layer} />)
          : FAMILIES.map(({ id, title }) => (
              <Group key={id} id={id} title={title} layers={LAYERS.filter(({ family }) => family === id)} />
            ))}
        {found.length === 0 ? <p className="px-2 py-1 text-muted">No layer answers to “{query.trim()}”.</p> : null}
      </div>
    </>
  );
}

/** The layers of a family, under a heading that stays in sight and folds them. */
function Group({ id, title, layers }: { id: string; title: string; layers: readonly LayerDeclaration[] }) {
  const folded = useView((state) => state.folded);
  const set = useView((state) => state.set);
  if (layers.length === 0) return null;
  const open = !folded.includes(id);
  return (
    <section aria-label={title} className="pb-1">
      <h3 className="sticky top-0 z-10 bg-panel">
        <button
          type="button"
          // Not one of the layers that the arrows move between.
          data-aside
          aria-expanded={open}
          className="flex h-7 w-full items-center gap-1 rounded-md px-1 text-left text-xs text-muted hover:text-fg focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent"
          onClick={() => set({ folded: open ? [...folded, id] : folded.filter((other) => other !== id) })}
        >
          <ChevronRight size={12} aria-hidden className={open ? 'rotate-90' : ''} />
          <span className="flex-1">{title}</span>
          <span aria-hidden className="pr-1 tabular-nums">
            {layers.length}
          </span>
        </button>
      </h3>
      {open ? layers.map((layer) => <PaletteItem key={layer.type} layer={layer} />) : null}
    </section>
  );
}

function PaletteItem({ layer: { type, title, family, summary } }: { layer: LayerDeclaration }) {
  return (
    <button
      type="button"
      draggable
      aria-label={`Add ${title}`}
      title={summary}
      className="flex w-full cursor-grab items-center gap-2 rounded-md px-2 py-1 text-left hover:bg-hover focus-visible:bg-hover focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent active:cursor-grabbing"
      onClick={() => addLayer(type)}
      onDragStart={(event) => {
        event.dataTransfer.setData(LAYER_DATA, type);
        event.dataTransfer.effectAllowed = 'copy';
        beginDrag(type);
      }}
      onDragEnd={endDrag}
    >
      <span aria-hidden className="size-2.5 shrink-0 rounded-full" style={{ background: `var(--family-${family})` }} />
      <span className="truncate">{title}</span>
    </button>
  );
}
