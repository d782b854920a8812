import { useEffect, useRef, useState } from 'react';
import { datasetInfo } from '@/datasets';
import type { NetworkDocument } from '@/document';
import { closeDialog } from '@/editor/app/dialogs';
import { openFromGallery } from '@/editor/files/networks';
import { tightNumber } from '@/editor/inspector/numbers';
import type { GalleryEntry } from '@/gallery';
import { Thumbnail } from './Thumbnail';

/** A number stays beside what it counts. */
const NO_BREAK = '\u00a0';

export function GalleryCard({ entry }: { entry: GalleryEntry }) {
  const { title, summary, source, parameters, dataset } = entry;
  const open = () => {
    closeDialog();
    void openFromGallery(entry);
  };
  return (
    <li>
      <button
        type="button"
        onClick={open}
        aria-label={`Open ${title}`}
        className="flex h-full w-full items-stretch overflow-hidden rounded-lg border border-line bg-raised text-left outline-accent hover:border-line-strong hover:bg-hover focus-visible:outline-2"
      >
        <Picture entry={entry} />
        <span className="flex min-w-0 flex-1 flex-col gap-1 p-3">
          <span className="text-sm font-semibold">{title}</span>
          <span className="text-muted">{summary}</span>
          <span className="mt-auto pt-1 text-xs text-muted">
            {[
              source.title,
              `${tightNumber(parameters.keras)} parameters`.replaceAll(' ', NO_BREAK),
              datasetInfo(dataset ?? '')?.title,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      </button>
    </li>
  );
}

/** The network small; it is made once the card comes near to being seen. */
function Picture({ entry }: { entry: GalleryEntry }) {
  const frame = useRef<HTMLSpanElement>(null);
  const [document, setDocument] = useState<NetworkDocument | null>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      ([seen]) => {
        if (!seen?.isIntersecting) return;
        observer.disconnect();
        // Without its picture, a card can still be opened; what is wrong is said then.
        entry.open().then(setDocument, () => {});
      },
      { rootMargin: '200px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [entry]);
  return (
    <span ref={frame} className="grid min-h-40 w-28 shrink-0 place-items-center border-r border-line bg-canvas p-2">
      {document ? <Thumbnail document={document} /> : null}
    </span>
  );
}
