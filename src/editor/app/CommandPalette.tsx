import { Command as Cmdk } from 'cmdk';
import { Dialog } from 'radix-ui';
import { layersHere } from '@/editor/blocks/layers';
import { addLayer } from '@/editor/canvas/adding/edit';
import { reveal } from '@/editor/canvas/viewport';
import { type Command, canRun, nameOfKeys, useCommands } from '@/editor/commands';
import { Kbd, useReturnFocus } from '@/editor/ui';
import { layerIn, nameOf } from '@/layers';
import { useNetwork } from '@/state/network';
import { closeDialog, useDialogs } from './dialogs';

/** Nodes beyond this many are found by the list of nodes; so long a list would slow the typing. */
const MOST_NODES = 200;

const GROUPS = ['Edit', 'File', 'View', 'Training', 'Help'] as const;

/** Everything that can be done, by name. */
export function CommandPalette() {
  const open = useDialogs((state) => state.open === 'commands');
  const focus = useReturnFocus();
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && closeDialog()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/30" />
        <Dialog.Content
          {...focus}
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[560px] max-w-[calc(100vw-24px)] -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-panel text-[13px] text-fg shadow-xl outline-none"
        >
          <Dialog.Title className="sr-only">All commands</Dialog.Title>
          <Commands />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The dialog is closed first, so that the command finds the focus where it was. */
function choose(run: () => void): void {
  closeDialog();
  requestAnimationFrame(run);
}

/** Each word must be there; titles that begin with them come first. Nothing is guessed from scattered letters. */
function rank(title: string, query: string, more: string[] = []): number {
  const text = title.toLowerCase();
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const all = `${text} ${more.join(' ').toLowerCase()}`;
  if (!words.every((word) => all.includes(word))) return 0;
  if (text.startsWith(words.join(' '))) return 1;
  return words.every((word) => ` ${text}`.includes(` ${word}`))
    ? 0.8
    : words.every((word) => text.includes(word))
      ? 0.6
      : 0.3;
}

function Commands() {
  const commands = [...useCommands((state) => state.commands).values()].filter(
    (command) => command.id !== 'help.commands' && !command.id.startsWith('edit.nudge') && canRun(command),
  );
  const network = useNetwork((state) => state.document);
  const { graph } = network;
  return (
    <Cmdk label="All commands" loop filter={rank}>
      <Cmdk.Input
        placeholder="What do you want to do?"
        className="w-full border-b border-line bg-transparent px-4 py-3 text-sm outline-none placeholder:text-muted"
      />
      <Cmdk.List className="max-h-[50vh] overflow-y-auto p-1.5">
        <Cmdk.Empty className="px-3 py-4 text-muted">Nothing answers to that.</Cmdk.Empty>
        {GROUPS.map((group) => (
          <Group key={group} title={group}>
            {commands
              .filter((command) => command.group === group)
              .map((command) => (
                <CommandItem key={command.id} command={command} />
              ))}
          </Group>
        ))}
        <Group title="Add a layer">
          {layersHere().map(({ type, title, family, summary }) => (
            <Item key={type} value={`Add ${title}`} keywords={[summary]} onSelect={() => choose(() => addLayer(type))}>
              <Dot family={family} />
              Add {title}
            </Item>
          ))}
        </Group>
        <Group title="Go to">
          {Object.entries(graph.nodes)
            .slice(0, MOST_NODES)
            .map(([id, node]) => (
              <Item key={id} value={`Go to ${nameOf(id, node)} ${id}`} onSelect={() => choose(() => reveal(id))}>
                <Dot family={layerIn(network, node.type)?.family ?? 'unknown'} />
                Go to {nameOf(id, node)}
              </Item>
            ))}
        </Group>
      </Cmdk.List>
    </Cmdk>
  );
}

function CommandItem({ command: { id, title, detail, keys, run } }: { command: Command }) {
  const more = detail?.() ?? null;
  const [first] = keys;
  return (
    <Item value={`${title} ${id}`} onSelect={() => choose(run)}>
      <span className="flex-1">
        {title}
        {more === null ? null : <span className="text-muted">: {more}</span>}
      </span>
      {first === undefined ? null : <Kbd>{nameOfKeys(first)}</Kbd>}
    </Item>
  );
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Cmdk.Group
      heading={title}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Cmdk.Group>
  );
}

function Item(props: React.ComponentProps<typeof Cmdk.Item>) {
  return (
    <Cmdk.Item
      {...props}
      className="flex cursor-default items-center gap-2 rounded-md px-2.5 py-1.5 aria-selected:bg-hover"
    />
  );
}

function Dot({ family }: { family: string }) {
  return (
    <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ background: `var(--family-${family})` }} />
  );
}
