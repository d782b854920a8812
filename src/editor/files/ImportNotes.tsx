import { create } from 'zustand';
import { Dialog } from '@/editor/ui';

interface Store {
  /** What an opened file said otherwise, while it is being read. */
  shown: { name: string; notes: readonly string[] } | null;
}

const useNotes = create<Store>(() => ({ shown: null }));

export const showNotes = (name: string, notes: readonly string[]): void =>
  useNotes.setState({ shown: { name, notes } });

/** All that is not as in an imported file. */
export function ImportNotes() {
  const shown = useNotes((state) => state.shown);
  return (
    <Dialog
      open={shown !== null}
      onClose={() => useNotes.setState({ shown: null })}
      title={`What is otherwise in ${shown?.name ?? ''}`}
      description="The rest is as in the file."
    >
      <ul aria-label="Differences" className="flex list-disc flex-col gap-1.5 pl-4">
        {shown?.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Dialog>
  );
}
