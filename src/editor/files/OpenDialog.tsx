import { FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { closeDialog, useDialogs } from '@/editor/app/dialogs';
import { Button, Dialog } from '@/editor/ui';
import { saveNow } from '@/state/autosave';
import { listNetworks } from '@/state/storage';
import { chooseFile, openKept } from './networks';
import { SavedRow } from './SavedRow';

/** What was deleted last, and the way to bring it back: a toast could not be pressed beside the dialog. */
interface Deleted {
  name: string;
  restore(): Promise<void>;
}

type Listing = Awaited<ReturnType<typeof listNetworks>>;

/** The networks kept in this browser. */
export function OpenDialog() {
  const open = useDialogs((state) => state.open === 'open');
  return (
    <Dialog
      open={open}
      onClose={closeDialog}
      title="Open a network"
      description="Networks are kept in this browser, and nowhere else. Files may be of this app, Keras or TensorFlow.js."
      footer={
        <Button
          onClick={() => {
            closeDialog();
            chooseFile();
          }}
        >
          <FolderOpen size={14} aria-hidden /> Open a file…
        </Button>
      }
    >
      <SavedNetworks />
    </Dialog>
  );
}

function SavedNetworks() {
  const [listing, setListing] = useState<Listing | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [deleted, setDeleted] = useState<Deleted | null>(null);
  const look = () =>
    listNetworks().then(setListing, (error: unknown) =>
      setFailure(error instanceof Error ? error.message : String(error)),
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the dialog opens
  useEffect(() => void saveNow().then(look), []);
  if (failure !== null)
    return <p className="text-danger">The browser does not let this page keep anything: {failure}</p>;
  if (!listing) return <p className="text-muted">Looking…</p>;
  const choose = async (id: string) => {
    if (await openKept(id)) closeDialog();
  };
  const bringBack = async ({ restore }: Deleted) => {
    setDeleted(null);
    await restore();
    await look();
  };
  return (
    <>
      <ul aria-label="Saved networks" className="-mx-2 flex flex-col">
        {listing.networks.map((network) => (
          <SavedRow
            key={network.id}
            network={network}
            onOpen={() => void choose(network.id)}
            onChanged={() => void look()}
            onDeleted={(restore) => {
              setDeleted({ name: network.name, restore });
              void look();
            }}
          />
        ))}
      </ul>
      {listing.networks.length === 0 ? <p className="text-muted">Nothing is kept here yet.</p> : null}
      {deleted ? (
        <p role="status" className="mt-2 flex items-center justify-between gap-2 rounded-md bg-sunken px-3 py-2">
          Deleted “{deleted.name}”.
          <Button size="small" onClick={() => void bringBack(deleted)}>
            Undo
          </Button>
        </p>
      ) : null}
      {listing.damaged.length > 0 ? (
        <p className="mt-2 text-warning">
          {listing.damaged.length === 1 ? 'One saved network is' : `${listing.damaged.length} saved networks are`}{' '}
          damaged and cannot be read. Nothing was deleted.
        </p>
      ) : null}
    </>
  );
}
