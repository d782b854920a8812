import { Fragment, useState } from 'react';
import { datasetInfo } from '@/datasets';
import { type Json, type NodeId, setParams } from '@/document';
import { initializerAdvice, orderAdvice } from '@/inference';
import type { LayerDeclaration } from '@/layers';
import { useNetwork } from '@/state/network';
import { ParamField } from '../params/ParamField';
import { type ParamRow, rowsOf } from '../params/rows';
import { paramValue } from '../params/values';
import { Section } from '../Section';

/** The hyperparameters of one node, or of several of one type at once. */
export function Params({ ids, layer }: { ids: readonly NodeId[]; layer: LayerDeclaration }) {
  const nodes = useNetwork((state) => state.document.graph.nodes);
  const dataset = useNetwork((state) => state.document.training.dataset);
  const edit = useNetwork((state) => state.edit);
  const single = ids.length === 1 ? ids[0] : undefined;
  const document = useNetwork((state) => state.document);
  const inference = useNetwork((state) => state.inference);
  const advice =
    single === undefined
      ? []
      : [...initializerAdvice(single, document, inference), ...orderAdvice(single, document, inference)];
  const [more, setMore] = useState(false);
  const chosen = ids.flatMap((id) => nodes[id] ?? []);
  const rows = rowsOf(layer, chosen);
  if (rows.length === 0) return null;
  const name = ids.length === 1 ? (chosen[0]?.name ?? ids[0]) : `${ids.length} × ${layer.title}`;

  const set =
    ({ key, param, spec, write }: ParamRow) =>
    (value: Json | undefined) =>
      edit(
        `${spec.label} of ${name}`,
        (document) =>
          ids.reduce((next, id) => {
            const node = next.graph.nodes[id];
            return node ? setParams(next, id, { [param]: write(node, value) }) : next;
          }, document),
        { coalesce: `${key} ${ids.join(' ')}` },
      );
  const field = (row: ParamRow) => (
    <Fragment key={row.key}>
      <ParamField
        spec={row.spec}
        current={paramValue(row.spec, row.raws, inference.environment)}
        environment={Object.keys(inference.environment).length > 0 ? inference.environment : undefined}
        fields={dataset === undefined ? undefined : datasetInfo(dataset)?.fields}
        set={set(row)}
      />
      {advice
        .filter((said) => said.param === row.key)
        .map(({ text, title, suggestion }) => (
          <p key={text} className="mb-1 rounded bg-hover px-2 py-1.5 text-xs text-muted">
            {text}{' '}
            <button type="button" className="text-accent hover:underline" onClick={() => set(row)(suggestion)}>
              {title}
            </button>
          </p>
        ))}
    </Fragment>
  );
  const advanced = rows.filter(({ spec }) => spec.advanced);
  const advised = new Set(advice.map(({ param }) => param));
  const changed = advanced.filter(({ key, raws }) => advised.has(key) || raws.some((raw) => raw !== undefined));
  return (
    <Section title="Hyperparameters">
      {rows.filter(({ spec }) => !spec.advanced).map(field)}
      {more ? advanced.map(field) : changed.map(field)}
      {advanced.length > changed.length || more ? (
        <button
          type="button"
          aria-expanded={more}
          className="mt-1 h-6 text-xs text-accent hover:underline"
          onClick={() => setMore(!more)}
        >
          {more ? 'Less' : `More (${advanced.length - changed.length})`}
        </button>
      ) : null}
    </Section>
  );
}
