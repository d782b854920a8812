import { layerIn } from '@/layers';
import { useNetwork } from '@/state/network';
import { useSelection } from '@/state/selection';
import { formatPercent, fullNumber, tightNumber } from '../numbers';
import { sharesOf } from './shares';

/** Each layer's part of the whole, as one bar and as a list; either selects the layer. */
export function ShareBar({ measure }: { measure: 'parameters' | 'macs' }) {
  const document = useNetwork((state) => state.document);
  const inference = useNetwork((state) => state.inference);
  const select = useSelection((state) => state.select);
  const shares = sharesOf(document, inference, measure);
  if (shares.length === 0) return <p className="text-muted">No layer has any.</p>;
  const total = shares.reduce((sum, { value }) => sum + value, 0);
  const listed = shares.toSorted((a, b) => b.value - a.value).slice(0, 6);
  return (
    <>
      <div aria-hidden className={`flex h-3 w-full overflow-hidden rounded-sm ${shares.length > 60 ? '' : 'gap-px'}`}>
        {shares.map(({ id, name, value }) => (
          <button
            key={id}
            type="button"
            tabIndex={-1}
            title={`${name}: ${fullNumber(value)} (${formatPercent(value / total)})`}
            className="h-full basis-0 hover:opacity-70"
            style={{
              flexGrow: value,
              background: `var(--family-${layerIn(document, document.graph.nodes[id]?.type ?? '')?.family ?? 'unknown'})`,
            }}
            onClick={() => select([id])}
          />
        ))}
      </div>
      <ul className="mt-2 flex flex-col">
        {listed.map(({ id, name, value }) => (
          <li key={id}>
            <button
              type="button"
              className="flex w-full items-baseline justify-between gap-2 rounded-sm py-0.5 text-left hover:bg-hover"
              onClick={() => select([id])}
            >
              <span className="truncate">{name}</span>
              <span className="shrink-0 text-muted tabular-nums" title={fullNumber(value)}>
                {tightNumber(value)} · {formatPercent(value / total)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shares.length > listed.length ? (
        <p className="text-xs text-muted">and {shares.length - listed.length} smaller ones</p>
      ) : null}
    </>
  );
}
