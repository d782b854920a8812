import { ChevronDown } from 'lucide-react';
import { ALL_EXPORTS } from '@/editor/files/exports';
import { Button, Menu, MenuItem } from '@/editor/ui';
import { useNetwork } from '@/state/network';

/** Each way to take the network away. What needs a network without problems says so while there are some. */
export function ExportMenu() {
  const broken = useNetwork((state) => state.inference.problems.some(({ severity }) => severity === 'error'));
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
      {ALL_EXPORTS.map(({ id, title, description, needsModel, run }) => (
        <MenuItem
          key={id}
          title={title}
          description={needsModel && broken ? 'Not while the network has problems.' : description}
          disabled={needsModel && broken}
          onSelect={run}
        />
      ))}
    </Menu>
  );
}
