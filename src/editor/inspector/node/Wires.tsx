import { type Edge, edgeKey, type NodeId } from '@/document';
import type { NodeInference } from '@/inference';
import { formatBatchShape, type LayerDeclaration } from '@/layers';
import { useNetwork } from '@/state/network';
import { useSelection } from '@/state/selection';
import { Section } from '../Section';

/** Where its ports lead; each end selects. */
export function Wires({ id, layer }: { id: NodeId; layer: LayerDeclaration }) {
  // Wires change with the graph, shapes with the inference.
  const inference = useNetwork((state) => state.inference);
  const incoming = inference.incoming.get(id) ?? [];
  const outgoing = inference.outgoing.get(id) ?? [];
  const outputs = outputsOf(layer, inference.nodes.get(id), outgoing);
  return (
    <Section title="Wires">
      <dl className="flex flex-col gap-1">
        {Object.entries(layer.inputs).map(([name, port]) => (
          <PortRow
            key={name}
            title={port.title}
            edges={incoming.filter(({ to }) => to[1] === name)}
            end="from"
            optional={port.optional === true}
          />
        ))}
        {[...outputs].map(([name, title]) => (
          <PortRow
            key={name}
            title={title}
            edges={outgoing.filter(({ from }) => from[1] === name)}
            end="to"
            optional={false}
          />
        ))}
      </dl>
    </Section>
  );
}

/** Titles by port: those that the layer has, and those that wires of a faulty document come from all the same. */
function outputsOf(
  layer: LayerDeclaration,
  known: NodeInference | undefined,
  outgoing: readonly Edge[],
): ReadonlyMap<string, string> {
  const titles = new Map<string, string>(layer.role === 'loss' ? [] : [['out', 'Output']]);
  for (const [name, { title }] of Object.entries((known?.params && layer.outputs?.(known.params)) ?? {}))
    titles.set(name, title);
  for (const { from } of outgoing) if (!titles.has(from[1])) titles.set(from[1], from[1]);
  return titles;
}

function PortRow({
  title,
  edges,
  end,
  optional,
}: {
  title: string;
  edges: readonly Edge[];
  end: 'from' | 'to';
  optional: boolean;
}) {
  const nodes = useNetwork((state) => state.document.graph.nodes);
  const inference = useNetwork((state) => state.inference);
  const select = useSelection((state) => state.select);
  return (
    <div className="grid grid-cols-[104px_minmax(0,1fr)] gap-x-2">
      <dt className="text-muted">{title}</dt>
      <dd className="flex flex-col">
        {edges.length === 0 ? <span className="text-muted">{optional ? 'nothing (optional)' : 'nothing'}</span> : null}
        {edges.map((edge) => {
          const [other] = edge[end];
          const shape = inference.nodes.get(edge.from[0])?.outputs[edge.from[1]]?.shape;
          return (
            <span key={edgeKey(edge)} className="flex items-baseline justify-between gap-2">
              <button type="button" className="truncate text-accent hover:underline" onClick={() => select([other])}>
                {end === 'from' ? '← ' : '→ '}
                {nodes[other]?.name ?? other}
              </button>
              {end === 'from' && shape ? (
                <span className="text-xs text-muted tabular-nums">{formatBatchShape(shape)}</span>
              ) : null}
            </span>
          );
        })}
      </dd>
    </div>
  );
}
