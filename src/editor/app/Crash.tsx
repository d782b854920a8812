import type { FallbackProps } from 'react-error-boundary';
import { download } from '@/editor/export/download';
import { Button } from '@/editor/ui';
import { formatNative } from '@/formats';
import { useNetwork } from '@/state/network';

function saveAsFile(): void {
  const { whole } = useNetwork.getState();
  download(`${whole.name || 'network'}.tensorloom.json`, new Blob([formatNative(whole)]));
}

/** What is left when the page itself fails: the network, which is safe. */
export function Crash({ error, resetErrorBoundary }: FallbackProps) {
  const { undoLabel, undo } = useNetwork.getState();
  return (
    <main role="alert" className="grid h-full place-items-center p-6">
      <div className="flex max-w-md flex-col gap-3">
        <h1 className="text-base font-semibold">This page ran into an error of its own</h1>
        <p>Your network is safe: it is kept in this browser, and you can take it as a file now.</p>
        <p className="rounded-md bg-sunken p-2 font-mono text-xs break-words text-muted">
          {error instanceof Error ? error.message : String(error)}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" onClick={saveAsFile}>
            Download the network
          </Button>
          <Button onClick={resetErrorBoundary}>Try again</Button>
          {undoLabel === null ? null : (
            <Button
              onClick={() => {
                undo();
                resetErrorBoundary();
              }}
            >
              Undo the last step and try again
            </Button>
          )}
          <Button onClick={() => location.reload()}>Reload the page</Button>
        </div>
      </div>
    </main>
  );
}
