import { ChevronDown } from 'lucide-react';
import { ALL_EXPORTS } from '@/editor/files/exports';
import { Button, Menu, MenuItem } from '@/editor/ui';
import { canWrite } from '@/formats';
import { useNetwork } from '@/state/network';

/** Each way to take the network away. */
export function ExportMenu() {
  return (
    <Menu
      label="Export"
      align="end"
      trigger={
        <Button className="border-transparent! bg-transparent! hover:bg-hover! aria-expanded:bg-hover!">
          Export <ChevronDown size={13} aria-hidden className="text-muted" />
        </Button>
      }
    >
      <Formats />
    </Menu>
  );
}

/** What needs a network without problems says so while there are some. */
function Formats() {
  const document = useNetwork((state) => state.whole);
  const inference = useNetwork((state) => state.inference);
  return ALL_EXPORTS.map((format) => {
    const ready = canWrite(format, document, inference);
    return (
      <MenuItem
        key={format.id}
        title={format.title}
        description={ready ? format.description : 'Not while the network has problems.'}
        disabled={!ready}
        onSelect={format.run}
      />
    );
  });
}
