/** The keyboard's side of the commands. */
import { type KeyBindingMap, tinykeys } from 'tinykeys';
import { type Command, canRun, useCommands } from './registry';

const TEXT = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';
const OVERLAY = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** Where arrows and Delete mean what is selected on the canvas; elsewhere they scroll, choose and edit. */
const CANVAS = '[data-canvas-keys]';

const KEEPS_ITS_MEANING = /^(Shift\+)?(Arrow\w+|Delete|Backspace)$/;

const hasModifier = (keys: string): boolean => /^(\$mod|Control|Meta|Alt)\+/.test(keys);

/** These are about the whole page and hold while typing, too. */
const EVERYWHERE: ReadonlySet<string> = new Set(['help.commands', 'file.save', 'file.open', 'training.train']);

function applies(event: KeyboardEvent, keys: string, { id }: Command): boolean {
  if (event.defaultPrevented) return false;
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.closest(OVERLAY)) return id === 'help.commands' && hasModifier(keys);
  if (target.closest(TEXT)) return EVERYWHERE.has(id) && hasModifier(keys);
  if (KEEPS_ITS_MEANING.test(keys)) return target === document.body || target.closest(CANVAS) !== null;
  return true;
}

function bindingsOf(commands: Iterable<Command>): KeyBindingMap {
  const byKeys = new Map<string, Command[]>();
  for (const command of commands)
    for (const keys of command.keys) byKeys.set(keys, [...(byKeys.get(keys) ?? []), command]);
  return Object.fromEntries(
    [...byKeys].map(([keys, candidates]) => [
      keys,
      (event: KeyboardEvent) => {
        const command = candidates.find((candidate) => applies(event, keys, candidate) && canRun(candidate));
        if (!command) return;
        event.preventDefault();
        command.run();
      },
    ]),
  );
}

/** Listens for the keys of all registered commands; gives the way to stop. */
export function listenForKeys(): () => void {
  const bind = () => tinykeys(window, bindingsOf(useCommands.getState().commands.values()));
  let unbind = bind();
  const unsubscribe = useCommands.subscribe(() => {
    unbind();
    unbind = bind();
  });
  return () => {
    unsubscribe();
    unbind();
  };
}
