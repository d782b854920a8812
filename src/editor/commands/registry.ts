/**
 * Everything that can be done, each as one record: the command palette, the menus, the keyboard and the list of
 * shortcuts all read it. Parts of the editor register their own.
 */
import { create } from 'zustand';

export type CommandGroup = 'File' | 'Edit' | 'View' | 'Training' | 'Help';

export interface Command {
  id: string;
  title: string;
  /** More about what it would do now: “delete Conv2D”. */
  detail?: () => string | null;
  /** As tinykeys writes them: `$mod+Shift+Z`. The first one is shown. */
  keys: readonly string[];
  group: CommandGroup;
  /** Whether it can be done now; always where absent. */
  when?: () => boolean;
  run: () => void;
}

interface Registry {
  commands: ReadonlyMap<string, Command>;
}

export const useCommands = create<Registry>(() => ({ commands: new Map() }));

/** Adds commands; gives the way to take them back. */
export function registerCommands(added: readonly Command[]): () => void {
  useCommands.setState(({ commands }) => ({
    commands: new Map([...commands, ...added.map((command) => [command.id, command] as const)]),
  }));
  return () =>
    useCommands.setState(({ commands }) => ({
      commands: new Map([...commands].filter(([, command]) => !added.includes(command))),
    }));
}

export const canRun = ({ when }: Command): boolean => when?.() ?? true;

/** Does it if it can be done now, and says whether it was. */
export function runCommand(id: string): boolean {
  const command = useCommands.getState().commands.get(id);
  if (!command || !canRun(command)) return false;
  command.run();
  return true;
}
