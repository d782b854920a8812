import { useNetwork } from '@/state/network';
import { useSelection } from '@/state/selection';
import { BlockInspector } from './block/BlockInspector';
import { NetworkInspector } from './network/NetworkInspector';
import { NodeInspector } from './node/NodeInspector';
import { SelectionInspector } from './SelectionInspector';

/** Everything there is to know about the selection: the whole network where nothing is selected. */
export function Inspector() {
  const nodes = useNetwork((state) => state.document.graph.nodes);
  const block = useNetwork((state) => state.block);
  const selected = useSelection((state) => state.nodes);
  const ids = [...selected].filter((id) => Object.hasOwn(nodes, id));
  const [only] = ids;
  return (
    <section aria-label="Inspector" className="h-full overflow-y-auto overflow-x-hidden text-[13px]">
      {only === undefined ? (
        block === null ? (
          <NetworkInspector />
        ) : (
          <BlockInspector id={block} />
        )
      ) : ids.length === 1 ? (
        <NodeInspector key={only} id={only} />
      ) : (
        <SelectionInspector ids={ids} />
      )}
    </section>
  );
}
