import { useRun } from '@/state/run';

/** How each layer learns: its gradient, how far a step moves its weights, and how many of its units stand still. */
export function Layers() {
  const layers = useRun((state) => state.signals.at(-1));
  const network = useRun((state) => state.network);
  if (!layers || !network) return <p className="text-muted">Shown while a network is trained, once a second.</p>;
  const { nodes } = network.document.graph;
  const largest = Math.max(...layers.map(({ gradient }) => gradient), Number.MIN_VALUE);
  return (
    <table className="w-full text-xs tabular-nums">
      <caption className="pb-1 text-left text-xs text-muted">
        The step looked at last. Bars are logarithmic: nine powers of ten over the whole length.
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
                  style={{ width: `${share(gradient, largest)}%` }}
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

/** Nine powers of ten over the width that is left beside the number. */
const share = (value: number, largest: number): number =>
  value <= 0 ? 0 : Math.max(1, 70 * (1 + Math.log10(value / largest) / 9));

const short = (value: number): string =>
  value === 0 ? '0' : value >= 0.001 && value < 1000 ? value.toPrecision(2) : value.toExponential(1).replace('-', '−');
