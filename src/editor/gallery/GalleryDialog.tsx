import { Search } from 'lucide-react';
import { useState } from 'react';
import { closeDialog, useDialogs } from '@/editor/app/dialogs';
import { Dialog } from '@/editor/ui';
import { CHAPTERS, type GalleryEntry } from '@/gallery';
import { GalleryCard } from './GalleryCard';
import { searchGallery } from './search';

/** Ready networks. One that is opened is a new network of the person's own. */
export function GalleryDialog() {
  const open = useDialogs((state) => state.open === 'gallery');
  return (
    <Dialog
      open={open}
      onClose={closeDialog}
      width="wide"
      title="Gallery"
      description="Networks of courses and papers. What you have open now stays in this browser."
    >
      <Chapters />
    </Dialog>
  );
}

/** Forgets what was searched for when the dialog closes. */
function Chapters() {
  const [query, setQuery] = useState('');
  const found = searchGallery(query);
  const chapters = query.trim() === '' ? CHAPTERS : [{ id: 'found', title: 'Found', entries: found }];
  return (
    <>
      <div className="sticky top-0 z-10 -mx-1 bg-panel px-1 pb-1">
        <Search size={14} aria-hidden className="pointer-events-none absolute top-[7px] left-3 text-muted" />
        <input
          type="search"
          aria-label="Search the gallery"
          placeholder="Search the gallery"
          className="h-7 w-full rounded-md border border-line bg-field pr-2 pl-7 outline-none placeholder:text-muted focus-visible:border-accent"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      {chapters.map(({ id, title, entries }) => (
        <Chapter key={id} title={title} entries={entries} />
      ))}
      {found.length === 0 ? <p className="pt-2 text-muted">No network answers to “{query.trim()}”.</p> : null}
    </>
  );
}

function Chapter({ title, entries }: { title: string; entries: readonly GalleryEntry[] }) {
  if (entries.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="pt-3 pb-1.5 text-xs text-muted">{title}</h3>
      <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        {entries.map((entry) => (
          <GalleryCard key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}
