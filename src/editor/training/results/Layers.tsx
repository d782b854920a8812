import { useRun } from '@/state/run';
import { gradientLength, largestOf, shortReal as short } from '@/state/run/gradients';

/** How each layer learns: its gradient, how far a step moves its weights, and how many of its units stand still. */
export function Layers() {
  const layers = useRun((state) => state.signals.at(-1));
  const network = useRun((state) => state.network);
  if (!layers || !network) return <p className="text-muted">Shown while a network is trained, once a second.</p>;
  const { nodes } = network.document.graph;
  const largest = largestOf(layers);
  return (
    <table className="w-full text-xs tabular-nums">
      <caption className="pb-1 text-left text-xs text-muted">
        The step looked at last: the length of the gradient (bars over nine powers of ten), how far the step moved the
        weights beside their size (about 0.001 is usual), and the share of units that no gradient reached.
      </caption>
      <thead className="text-left text-muted">
        <tr>
          <th className="pr-2 font-normal">Layer</th>
          <th className="pr-2 font-normal" title="The length of the gradient of the layer’s weights">
            Gradient
          </th>
          <th
            className="pr-2 text-right font-normal"
            title="How far one step moves the weights, beside their size; about 0.001 is usual"
          >
            Update
          </th>
          <th className="text-right font-normal" title="The share of units that no gradient reached">
            Still
          </th>
        </tr>
      </thead>
      <tbody>
        {layers.map(({ node, gradient, ratio, still }) => (
          <tr key={node}>
            <th scope="row" className="max-w-28 truncate py-0.5 pr-2 text-left font-normal">
              {nodes[node]?.name ?? node}
            </th>
            <td className="w-full py-0.5 pr-2">
              <span className="flex items-center gap-1.5">
                <span
                  aria-hidden
                  className="h-1.5 rounded-full bg-accent"
                  // Room is left for the number beside it.
                  style={{ width: `${70 * gradientLength(gradient, largest)}%` }}
                />
                {short(gradient)}
              </span>
            </td>
            <td className="py-0.5 pr-2 text-right whitespace-nowrap">{ratio === null ? '' : short(ratio)}</td>
            <td className="py-0.5 text-right whitespace-nowrap">
              {still === null ? '' : `${Math.round(100 * still)} %`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
