import { Tabs } from 'radix-ui';
import { useNetwork } from '@/state/network';
import { Layers } from './Layers';
import { Nodes } from './Nodes';

const TAB =
  'flex-1 border-b-2 border-transparent py-1.5 text-muted aria-selected:border-accent aria-selected:text-fg focus-visible:bg-hover focus-visible:outline-none';

/** What can be added, and what is there. */
export function Palette() {
  const count = useNetwork((state) => Object.keys(state.document.graph.nodes).length);
  return (
    <Tabs.Root defaultValue="layers" className="flex h-full min-h-0 flex-col">
      <Tabs.List aria-label="Palette" className="flex shrink-0 border-b border-line px-2">
        <Tabs.Trigger value="layers" className={TAB}>
          Layers
        </Tabs.Trigger>
        <Tabs.Trigger value="nodes" className={TAB}>
          Nodes <span className="text-xs tabular-nums">{count}</span>
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="layers" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
        <Layers />
      </Tabs.Content>
      <Tabs.Content value="nodes" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto outline-none">
        <Nodes />
      </Tabs.Content>
    </Tabs.Root>
  );
}
