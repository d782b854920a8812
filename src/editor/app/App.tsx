import { useEffect, useSyncExternalStore } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { Toaster } from 'sonner';
import { blockCommands } from '@/editor/blocks/commands';
import { TieDialog } from '@/editor/blocks/TieDialog';
import { listenForKeys, registerCommands } from '@/editor/commands';
import { DropSign } from '@/editor/files/DropSign';
import { ImportNotes } from '@/editor/files/ImportNotes';
import { OpenDialog } from '@/editor/files/OpenDialog';
import { GalleryDialog } from '@/editor/gallery/GalleryDialog';
import { TooltipProvider } from '@/editor/ui';
import { AskDialog } from '@/editor/ui/AskDialog';
import { useView } from '@/state/view';
import { CommandPalette } from './CommandPalette';
import { Crash } from './Crash';
import { appCommands } from './commands';
import { NarrowShell } from './NarrowShell';
import { ShortcutsDialog } from './ShortcutsDialog';
import { TopBar } from './TopBar';
import { WideShell } from './WideShell';

const narrowQuery = matchMedia('(max-width: 767px)');

function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      narrowQuery.addEventListener('change', changed);
      return () => narrowQuery.removeEventListener('change', changed);
    },
    () => narrowQuery.matches,
  );
}

export function App() {
  const theme = useView((state) => state.theme);
  return (
    <TooltipProvider>
      <ErrorBoundary FallbackComponent={Crash}>
        <Page />
      </ErrorBoundary>
      <Toaster theme={theme} position="bottom-center" gap={8} offset={48} closeButton />
    </TooltipProvider>
  );
}

function Page() {
  const narrow = useNarrow();
  useEffect(() => registerCommands([...appCommands, ...blockCommands]), []);
  useEffect(listenForKeys, []);
  return (
    <>
      <div className="flex h-full flex-col">
        <TopBar narrow={narrow} />
        {narrow ? <NarrowShell /> : <WideShell />}
      </div>
      <GalleryDialog />
      <OpenDialog />
      <ImportNotes />
      <CommandPalette />
      <AskDialog />
      <TieDialog />
      <ShortcutsDialog />
      <DropSign />
    </>
  );
}
