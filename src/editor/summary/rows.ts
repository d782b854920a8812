/** The summary as rows, sorted, and as text to take elsewhere. */
import type { NetworkDocument, NodeId } from '@/document';
import type { Inference } from '@/inference';
import { type Dim, formatBatchShape, formatDim, isKnown, layerIn } from '@/layers';

export interface SummaryRow {
  id: NodeId;
  name: string;
  type: string;
  /** With the batch; null where a problem leaves it unknown. */
  output: string | null;
  params: Dim;
  trainable: Dim;
  macs: Dim;
  /** Of all parameters, 0..1; null where they are not known. */
  share: number | null;
  /** Names the layer whose weights it uses. */
  tiedTo?: string;
}

export type SortKey = 'order' | 'name' | 'type' | 'output' | 'params' | 'trainable' | 'macs';

export function summaryRows(document: NetworkDocument, inference: Inference): SummaryRow[] {
  const total = inference.totals && isKnown(inference.totals.parameters) ? inference.totals.parameters : null;
  return inference.order.flatMap((id): SummaryRow[] => {
    const node = document.graph.nodes[id];
    const known = inference.nodes.get(id);
    if (!node || !known) return [];
    const counted = node.tiedTo === undefined ? known.parameters : 0;
    return [
      {
        id,
        name: node.name ?? id,
        type: layerIn(document, node.type)?.title ?? node.type,
        output: known.output ? formatBatchShape(known.output.shape) || 'scalar' : null,
        params: known.parameters,
        trainable: known.trainable,
        macs: known.macs,
        share: total === null || !isKnown(counted) ? null : total === 0 ? 0 : counted / total,
        ...(node.tiedTo !== undefined && { tiedTo: document.graph.nodes[node.tiedTo]?.name ?? node.tiedTo }),
      },
    ];
  });
}

/** Unknown sizes come after all known ones. */
const size = (dim: Dim): number => (isKnown(dim) ? dim : Number.POSITIVE_INFINITY);

export function sortRows(rows: readonly SummaryRow[], key: SortKey, descending: boolean): readonly SummaryRow[] {
  if (key === 'order') return descending ? rows.toReversed() : rows;
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    if (key === 'params' || key === 'trainable' || key === 'macs') {
      const [left, right] = [size(a[key]), size(b[key])];
      return left === right ? 0 : sign * (left < right ? -1 : 1);
    }
    return sign * (a[key] ?? '').localeCompare(b[key] ?? '', 'en', { numeric: true });
  });
}

const HEADER = ['Name', 'Type', 'Output', 'Parameters', 'Trainable', 'Multiply-adds'] as const;

const cells = (row: SummaryRow): string[] => [
  row.name,
  row.type,
  row.output ?? '?',
  row.output === null ? '?' : formatDim(row.params),
  row.output === null ? '?' : formatDim(row.trainable),
  row.output === null ? '?' : formatDim(row.macs),
];

const totalCells = ({ totals }: Inference): string[] =>
  totals ? ['Total', '', '', formatDim(totals.parameters), formatDim(totals.trainable), formatDim(totals.macs)] : [];

const escapeMarkdown = (text: string): string => text.replace(/([\\|*_`<])/g, '\\$1').replace(/\s+/g, ' ');

export function toMarkdown(rows: readonly SummaryRow[], inference: Inference): string {
  const line = (values: readonly string[]): string => `| ${values.map(escapeMarkdown).join(' | ')} |`;
  const total = totalCells(inference);
  return [
    line(HEADER),
    '| --- | --- | --- | ---: | ---: | ---: |',
    ...rows.map((row) => line(cells(row))),
    ...(total.length > 0 ? [line(total)] : []),
    '',
  ].join('\n');
}

/** A cell that begins like a formula would be run by a spreadsheet. */
const escapeCsv = (text: string): string => {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export function toCsv(rows: readonly SummaryRow[], inference: Inference): string {
  const total = totalCells(inference);
  return [HEADER, ...rows.map(cells), ...(total.length > 0 ? [total] : [])]
    .map((values) => `${values.map(escapeCsv).join(',')}\r\n`)
    .join('');
}
