import type { NetworkDocument, Point } from '@/document';
import { layerIn } from '@/layers';

const CARD = { width: 216, height: 72 };
const MARGIN = 20;

/** The network as coloured cards and lines, too small to read. */
export function Thumbnail({ document }: { document: NetworkDocument }) {
  const { graph } = document;
  const places = new Map(Object.entries(graph.nodes).map(([id, { at }]): [string, Point] => [id, at ?? [0, 0]]));
  const xs = [...places.values()].map(([x]) => x);
  const ys = [...places.values()].map(([, y]) => y);
  const [left, top] = [Math.min(...xs) - MARGIN, Math.min(...ys) - MARGIN];
  const width = Math.max(...xs) - left + CARD.width + MARGIN;
  const height = Math.max(...ys) - top + CARD.height + MARGIN;
  return (
    <svg viewBox={`${left} ${top} ${width} ${height}`} className="h-36 w-full" aria-hidden>
      {graph.edges.map(({ from, to }) => {
        const [a, b] = [places.get(from[0]), places.get(to[0])];
        if (!a || !b) return null;
        return (
          <line
            key={`${from} ${to}`}
            x1={a[0] + CARD.width / 2}
            y1={a[1] + CARD.height}
            x2={b[0] + CARD.width / 2}
            y2={b[1]}
            stroke="var(--color-muted)"
            strokeWidth={8}
          />
        );
      })}
      {[...places].map(([id, [x, y]]) => (
        <rect
          key={id}
          x={x}
          y={y}
          {...CARD}
          rx={14}
          fill={`var(--family-${layerIn(document, graph.nodes[id]?.type ?? '')?.family ?? 'unknown'})`}
        />
      ))}
    </svg>
  );
}
