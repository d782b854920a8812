/** The panel below: at rest one line that tells how things stand. */
import { ChevronDown, ChevronUp } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { type ComponentType, lazy, Suspense } from 'react';
import { TrainingStatus } from '@/editor/training/TrainingStatus';
import { IconButton } from '@/editor/ui';
import { useNetwork } from '@/state/network';
import { DOCK_TABS, type DockTab, useView } from '@/state/view';
import { TAB_TITLES } from './commands';

/** Each is fetched when first shown: charts and code colouring are larger than the rest of the page. */
const PANELS: Readonly<Record<DockTab, ComponentType>> = {
  training: lazy(() => import('@/editor/training/TrainingPanel').then((module) => ({ default: module.TrainingPanel }))),
  data: lazy(() => import('@/editor/data').then((module) => ({ default: module.DataPanel }))),
  problems: lazy(() => import('@/editor/problems').then((module) => ({ default: module.ProblemsPanel }))),
  summary: lazy(() => import('@/editor/summary').then((module) => ({ default: module.SummaryPanel }))),
  code: lazy(() => import('@/editor/code').then((module) => ({ default: module.CodePanel }))),
};

export const DOCK_LINE = 34;

export function Dock() {
  const open = useView((state) => state.dockOpen);
  const tab = useView((state) => state.dockTab);
  const { openDock, closeDock } = useView.getState();
  return (
    <Tabs.Root
      value={open ? tab : ''}
      activationMode="manual"
      onValueChange={(next) => openDock(next as DockTab)}
      className="flex h-full flex-col bg-panel"
    >
      <div className="flex shrink-0 items-center gap-2 border-t border-line px-2" style={{ height: DOCK_LINE }}>
        <Tabs.List aria-label="Panels" className="flex h-full shrink-0 items-stretch">
          {DOCK_TABS.map((name) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="border-y-2 border-transparent px-2.5 text-muted outline-accent hover:text-fg focus-visible:-outline-offset-2 focus-visible:outline-2 aria-selected:border-b-accent aria-selected:text-fg max-sm:px-1.5"
            >
              {TAB_TITLES[name]}
              {name === 'problems' ? <ProblemCount /> : null}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <div className="flex min-w-0 flex-1 justify-end overflow-hidden max-sm:hidden">
          <TrainingStatus />
        </div>
        <IconButton
          label={open ? 'Close the panel' : 'Open the panel'}
          aria-expanded={open}
          onClick={() => (open ? closeDock() : openDock(tab))}
        >
          {open ? <ChevronDown size={16} /> : <ChevronUp size={16} />}
        </IconButton>
      </div>
      {DOCK_TABS.map((name) => {
        const Panel = PANELS[name];
        return (
          <Tabs.Content
            key={name}
            value={name}
            className="min-h-0 flex-1 border-t border-line outline-none"
            tabIndex={-1}
          >
            <Suspense fallback={<p className="p-3 text-muted">Loading…</p>}>
              <Panel />
            </Suspense>
          </Tabs.Content>
        );
      })}
    </Tabs.Root>
  );
}

function ProblemCount() {
  const problems = useNetwork((state) => state.inference.problems);
  const errors = problems.some(({ severity }) => severity === 'error');
  const colour = errors ? 'bg-danger text-panel' : problems.length > 0 ? 'bg-sunken text-warning' : 'bg-sunken';
  return (
    <span className={`ml-1.5 inline-block min-w-4.5 rounded-full px-1.5 text-center text-xs font-medium ${colour}`}>
      {problems.length}
    </span>
  );
}
