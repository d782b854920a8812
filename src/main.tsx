import '@/editor/theme/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { toast } from 'sonner';
import { App } from '@/editor/app/App';
import { followTheme } from '@/editor/theme/followTheme';
import { reopenLast, saveNow, startAutosave } from '@/state/autosave';

followTheme();

startAutosave({
  onCopy: (name) =>
    toast('Another tab has changed this network, too', {
      description: `Both are kept: yours goes on here as “${name}”.`,
      duration: 12_000,
    }),
  onFailure: (message) => toast.error('Not saved', { description: message, duration: 12_000 }),
});
/** A browser that does not answer must not keep the page blank. */
const PATIENCE = 2000;
await Promise.race([reopenLast(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
// A first visitor's network is kept from the beginning: trained weights belong to it.
void saveNow();

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
