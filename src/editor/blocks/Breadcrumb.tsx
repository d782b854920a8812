import { ChevronRight, CornerLeftUp } from 'lucide-react';
import { Fragment, useEffect } from 'react';
import { toast } from 'sonner';
import { Button, IconButton, Select } from '@/editor/ui';
import { layerCount } from '@/layers';
import { useNetwork } from '@/state/network';
import { copiesAlong, goUp, lookAtCopy, namesAlong } from './edits';

/** Where one looks: the way from the network into the block, each step a way back. */
export function Breadcrumb() {
  const path = useNetwork((state) => state.path);
  const whole = useNetwork((state) => state.whole);
  const go = useNetwork((state) => state.go);
  const inference = useNetwork((state) => state.inference);
  const expanded = useNetwork((state) => state.expanded);
  if (expanded) return <Expanded />;
  if (path.length === 0) return null;
  const names = [whole.name, ...namesAlong(whole, path)];
  const copies = copiesAlong(inference, path);
  return (
    <nav
      aria-label="Where you are"
      className="flex shrink-0 items-center gap-0.5 border-b border-line bg-panel px-1.5 py-1 text-[13px]"
    >
      <IconButton label="Leave the block" hint="Leave the block (Esc)" onClick={goUp}>
        <CornerLeftUp size={14} />
      </IconButton>
      <ol className="flex min-w-0 flex-1 items-center gap-0.5">
        {names.map((name, depth) => {
          const here = depth === path.length;
          const step = path[depth - 1];
          const count = copies[depth - 1] ?? 1;
          return (
            // A step has no identity but its place on the way.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Fragment key={depth}>
              {depth === 0 ? null : (
                <li aria-hidden className="shrink-0 text-muted">
                  <ChevronRight size={13} />
                </li>
              )}
              <li className="flex min-w-0 items-center gap-1">
                <button
                  type="button"
                  aria-current={here ? 'location' : undefined}
                  className="max-w-48 min-w-12 truncate rounded-md px-1.5 py-1 text-muted hover:bg-hover hover:text-fg aria-[current]:font-medium aria-[current]:text-fg"
                  onClick={() => go(path.slice(0, depth), path[depth] ? [path[depth].instance] : [])}
                >
                  {name}
                </button>
                {here && step && count > 1 ? (
                  <Select
                    label="Copy"
                    className="max-w-32 shrink-0"
                    value={String(step.copy)}
                    options={Array.from({ length: count }, (_, copy) => ({
                      value: String(copy),
                      label: `copy ${copy + 1} of ${count}`,
                    }))}
                    onValueChange={(copy) => lookAtCopy(Number(copy))}
                  />
                ) : null}
              </li>
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
}

/** Over the network with its blocks opened out. */
function Expanded() {
  const count = useNetwork((state) => layerCount(state.document.graph.nodes));
  const frames = useNetwork((state) => state.unfolded?.frames.length ?? 0);
  useEffect(
    () =>
      useNetwork.subscribe((state, before) => {
        if (state.refused !== before.refused)
          toast('Blocks are opened out here, to look at. Double-click a layer to edit it where it belongs.');
      }),
    [],
  );
  return (
    <section
      aria-label={frames === 0 ? 'All layers' : 'Opened out'}
      className="flex shrink-0 items-center gap-2 border-b border-line bg-panel px-3 py-1 text-[13px]"
    >
      <p className="min-w-0 flex-1 text-muted">
        {frames === 0
          ? `All ${count} layers, blocks opened out`
          : `${frames === 1 ? '1 block' : `${frames} blocks`} opened out in place`}
        : to look at. Double-click a layer to go to the block where it is edited.
      </p>
      <Button size="small" onClick={() => useNetwork.getState().go([])}>
        Show blocks
      </Button>
    </section>
  );
}
