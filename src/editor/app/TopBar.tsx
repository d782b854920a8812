import { Moon, PanelLeft, PanelRight, Redo2, Search, Sun, SunMoon, Undo2 } from 'lucide-react';
import { nameOfKeys, runCommand } from '@/editor/commands';
import { Button, IconButton, Kbd, Menu, MenuChoice } from '@/editor/ui';
import { useNetwork } from '@/state/network';
import { useView } from '@/state/view';
import { ExportMenu } from './ExportMenu';
import { NameMenu } from './NameMenu';
import { TrainButton } from './TrainButton';

const inSentence = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);

/** On a phone the side panels are drawers with buttons of their own. */
export function TopBar({ narrow }: { narrow: boolean }) {
  return (
    <header className="flex h-11 shrink-0 items-center gap-1 border-b border-line bg-panel px-2">
      {narrow ? null : <SideToggle side="palette" />}
      <NameMenu />
      <UndoRedo />
      <span className="flex-1" />
      {narrow ? null : (
        <>
          <Button className="border-transparent! bg-transparent!" onClick={() => runCommand('gallery.open')}>
            Gallery
          </Button>
          <ExportMenu />
        </>
      )}
      <CommandsButton narrow={narrow} />
      {narrow ? null : (
        <>
          <ThemeMenu />
          <SideToggle side="inspector" />
        </>
      )}
      <TrainButton />
    </header>
  );
}

function UndoRedo() {
  const undo = useNetwork((state) => state.undoLabel);
  const redo = useNetwork((state) => state.redoLabel);
  return (
    <>
      <IconButton
        label={undo === null ? 'Undo' : `Undo: ${inSentence(undo)}`}
        disabled={undo === null}
        onClick={() => runCommand('edit.undo')}
      >
        <Undo2 size={16} />
      </IconButton>
      <IconButton
        label={redo === null ? 'Redo' : `Redo: ${inSentence(redo)}`}
        disabled={redo === null}
        onClick={() => runCommand('edit.redo')}
      >
        <Redo2 size={16} />
      </IconButton>
    </>
  );
}

function CommandsButton({ narrow }: { narrow: boolean }) {
  const open = () => runCommand('help.commands');
  if (narrow)
    return (
      <IconButton label="All commands" onClick={open}>
        <Search size={16} />
      </IconButton>
    );
  return (
    <Button aria-label="All commands" className="mx-1 font-normal! text-muted" onClick={open}>
      <Search size={13} aria-hidden />
      <span className="max-lg:hidden">Commands</span>
      <Kbd>{nameOfKeys('$mod+K')}</Kbd>
    </Button>
  );
}

const SIDES = {
  palette: { state: 'paletteOpen', name: 'layers', Icon: PanelLeft },
  inspector: { state: 'inspectorOpen', name: 'inspector', Icon: PanelRight },
} as const;

function SideToggle({ side }: { side: keyof typeof SIDES }) {
  const { state, name, Icon } = SIDES[side];
  const open = useView((view) => view[state]);
  return (
    <IconButton
      label={`${open ? 'Hide' : 'Show'} the ${name}`}
      aria-expanded={open}
      onClick={() => runCommand(`view.${side}`)}
    >
      <Icon size={16} />
    </IconButton>
  );
}

const THEMES = [
  { value: 'system', label: 'As the system', icon: <SunMoon size={14} /> },
  { value: 'light', label: 'Light', icon: <Sun size={14} /> },
  { value: 'dark', label: 'Dark', icon: <Moon size={14} /> },
] as const;

function ThemeMenu() {
  const theme = useView((state) => state.theme);
  const set = useView((state) => state.set);
  const { icon } = THEMES.find(({ value }) => value === theme) ?? THEMES[0];
  return (
    <Menu label="Colours" align="end" trigger={<IconButton label="Colours">{icon}</IconButton>}>
      <MenuChoice value={theme} options={THEMES} onValueChange={(next) => set({ theme: next })} />
    </Menu>
  );
}
