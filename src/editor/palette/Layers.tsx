/** All layer types: to search, to drag onto the canvas, to add by click or Enter. */
import { ChevronRight, Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { layersHere, ownLayers } from '@/editor/blocks/layers';
import { addLayer } from '@/editor/canvas/adding/edit';
import { beginDrag, endDrag, LAYER_DATA } from '@/editor/canvas/dropping/store';
import { FAMILIES, type LayerDeclaration } from '@/layers';
import { useNetwork } from '@/state/network';
import { ownBlockOf, useOwnBlocks } from '@/state/ownBlocks';
import { useView } from '@/state/view';
import { moveFocus } from './roving';
import { searchLayers } from './search';

export function Layers() {
  const [query, setQuery] = useState('');
  const list = useRef<HTMLDivElement>(null);
  // What can be added depends on where one looks: inside a block its ports, and the network's blocks.
  useNetwork((state) => state.block);
  useNetwork((state) => state.document.blocks);
  const layers = layersHere();
  const own = ownLayers(
    useNetwork((state) => state.whole),
    useOwnBlocks((state) => state.blocks),
  );
  const found = searchLayers(query, [...layers, ...own]);
  useEffect(() => {
    // Without storage there are none.
    useOwnBlocks
      .getState()
      .load()
      .catch(() => {});
  }, []);
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
          : [OWN, BLOCKS, ...FAMILIES].map(({ id, title }) => (
              <Group
                key={id}
                id={id}
                title={title}
                layers={id === OWN.id ? own : layers.filter(({ family }) => family === id)}
              />
            ))}
        {found.length === 0 ? <p className="px-2 py-1 text-muted">No layer answers to “{query.trim()}”.</p> : null}
      </div>
    </>
  );
}

const OWN = { id: 'own', title: 'My blocks' };
const BLOCKS = { id: 'block', title: 'Blocks of this network' };

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

function PaletteItem({ layer }: { layer: LayerDeclaration }) {
  const own = ownBlockOf(layer.type);
  if (!own) return <AddButton layer={layer} />;
  return (
    <div className="group flex items-center">
      <AddButton layer={layer} />
      <button
        type="button"
        data-aside
        aria-label={`Take ${own.title} out of my blocks`}
        title="Take it out of my blocks"
        className="shrink-0 rounded-md p-1.5 text-muted opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:text-fg focus-visible:opacity-100"
        onClick={() => {
          const { forget, restore } = useOwnBlocks.getState();
          const undo = { label: 'Undo', onClick: () => void restore(own) };
          forget(own.id).then(
            () => toast(`${own.title} is no longer among your blocks`, { action: undo }),
            () => toast.error('The browser does not let its storage be changed.'),
          );
        }}
      >
        <X size={13} />
      </button>
    </div>
  );
}

function AddButton({ layer: { type, title, family, summary } }: { layer: LayerDeclaration }) {
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
      <Title title={title} />
    </button>
  );
}

/** Where there is no room for all of it, the end that tells one from three axes stays. */
function Title({ title }: { title: string }) {
  const [, stem, axes] = /^(.{16,}?)(\dD)$/.exec(title) ?? [];
  if (stem === undefined) return <span className="truncate">{title}</span>;
  return (
    <span className="flex min-w-0">
      <span className="truncate">{stem}</span>
      {axes}
    </span>
  );
}
