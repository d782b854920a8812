import { FileInput } from 'lucide-react';
import { useEffect, useState } from 'react';
import { listenForNetworks } from './arriving';

/** Says, while a file is held over the page, what letting go will do. */
export function DropSign() {
  const [over, setOver] = useState(false);
  useEffect(() => listenForNetworks(setOver), []);
  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-2 z-60 grid place-items-center rounded-xl border-2 border-dashed border-accent bg-canvas/85">
      <p className="flex items-center gap-2 text-sm font-medium">
        <FileInput size={18} aria-hidden className="text-accent" /> Let go to open this network
      </p>
    </div>
  );
}
