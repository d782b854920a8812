import { type Command, nameOfKeys, useCommands } from '@/editor/commands';
import { Dialog, Kbd } from '@/editor/ui';
import { closeDialog, useDialogs } from './dialogs';

/** Keys that are the browser's or the canvas' own, beside those of the commands. */
const GESTURES = [
  { title: 'Move what is selected', keys: ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown'] },
  { title: 'Move it far', keys: ['Shift+ArrowLeft', 'Shift+ArrowUp', 'Shift+ArrowRight', 'Shift+ArrowDown'] },
  { title: 'Copy, cut, paste', keys: ['$mod+C', '$mod+X', '$mod+V'] },
  { title: 'Select a focused layer or wire', keys: ['Enter'] },
  { title: 'Add to the selection', keys: ['Shift+Enter'] },
] as const;

const GROUPS = ['Edit', 'File', 'View', 'Training', 'Help'] as const;

/** The keyboard, from the same list that makes it work. */
export function ShortcutsDialog() {
  const open = useDialogs((state) => state.open === 'shortcuts');
  return (
    <Dialog open={open} onClose={closeDialog} width="wide" title="Keyboard shortcuts">
      <Shortcuts />
    </Dialog>
  );
}

function Shortcuts() {
  const commands = [...useCommands((state) => state.commands).values()].filter(
    ({ id, keys }) => keys.length > 0 && !id.startsWith('edit.nudge'),
  );
  return (
    <div className="gap-8 sm:columns-2">
      {GROUPS.map((group) => (
        <section key={group} className="mb-4 break-inside-avoid-column" aria-label={group}>
          <h3 className="mb-1 text-xs font-semibold text-muted">{group}</h3>
          <dl>
            {commands
              .filter((command) => command.group === group)
              .map((command: Command) => (
                <Row key={command.id} title={command.title} keys={command.keys} />
              ))}
            {group === 'Edit' ? GESTURES.map((gesture) => <Row key={gesture.title} {...gesture} />) : null}
          </dl>
        </section>
      ))}
    </div>
  );
}

function Row({ title, keys }: { title: string; keys: readonly string[] }) {
  return (
    <div className="flex items-baseline justify-between gap-4 border-b border-line py-1">
      <dt>{title}</dt>
      <dd>
        <Kbd>{keys.map((key) => nameOfKeys(key)).join(', ')}</Kbd>
      </dd>
    </div>
  );
}
