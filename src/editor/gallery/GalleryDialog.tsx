import { datasetInfo } from '@/datasets';
import { closeDialog, useDialogs } from '@/editor/app/dialogs';
import { tightNumber } from '@/editor/inspector/numbers';
import { Dialog } from '@/editor/ui';
import { GALLERY, type GalleryEntry } from '@/gallery';
import { inferDocument } from '@/inference';
import { openNew } from '@/state/autosave';
import { fieldsOf } from '@/state/network';
import { Thumbnail } from './Thumbnail';

/** Ready networks. One that is opened is a new network of the person's own. */
export function GalleryDialog() {
  const open = useDialogs((state) => state.open === 'gallery');
  return (
    <Dialog
      open={open}
      onClose={closeDialog}
      width="wide"
      title="Gallery"
      description="Networks that train as they open. What you have open now stays in this browser."
    >
      <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        {GALLERY.map((entry) => (
          <GalleryCard key={entry.id} entry={entry} />
        ))}
      </ul>
    </Dialog>
  );
}

function GalleryCard({ entry: { title, summary, document } }: { entry: GalleryEntry }) {
  const { totals } = inferDocument(document, fieldsOf(document));
  const dataset = datasetInfo(document.training.dataset ?? '');
  const open = () => {
    closeDialog();
    void openNew(document);
  };
  return (
    <li>
      <button
        type="button"
        onClick={open}
        aria-label={`Open ${title}`}
        className="flex h-full w-full items-stretch overflow-hidden rounded-lg border border-line bg-raised text-left outline-accent hover:border-line-strong hover:bg-hover focus-visible:outline-2"
      >
        <span className="grid w-28 shrink-0 place-items-center border-r border-line bg-canvas p-2">
          <Thumbnail document={document} />
        </span>
        <span className="flex min-w-0 flex-1 flex-col gap-1 p-3">
          <span className="text-sm font-semibold">{title}</span>
          <span className="text-muted">{summary}</span>
          <span className="mt-auto pt-1 text-xs text-muted">
            {totals ? `${tightNumber(totals.parameters)} parameters` : ''}
            {dataset ? ` · ${dataset.title}` : ''}
          </span>
        </span>
      </button>
    </li>
  );
}
