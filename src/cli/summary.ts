import { defineCommand } from 'citty';
import { datasetInfo } from '@/datasets';
import type { NetworkDocument } from '@/document';
import { type FlatInference, inferDocument, type Problem } from '@/inference';
import { type Dim, formatBatchShape, formatDim, isKnown, layerOf, nameOf, subtract, toNullable } from '@/layers';
import { readNetwork, UnreadableError } from './read';
import { formatTable } from './table';

interface LayerSummary {
  id: string;
  name: string;
  type: string;
  /** Batch first, as null; null where a problem leaves it unknown. */
  output: (number | null)[] | null;
  /** Whose weights it uses: they count there. */
  tiedTo?: string;
  params: number | string | null;
  trainable: number | string | null;
  macs: number | string | null;
}

interface Finding {
  node: string;
  message: string;
}

type Counts = Record<'parameters' | 'trainable' | 'nonTrainable', number | string | null>;

export interface NetworkSummary {
  file: string;
  name: string;
  layers: LayerSummary[];
  /** Null while there are problems; an expression as text where sizes are unknown. */
  totals: Record<'params' | 'trainable' | 'nonTrainable' | 'macs' | 'flops', number | string | null> & {
    /** As each framework counts them. */
    conventions: Record<'keras' | 'pytorch', Counts>;
  };
  /** What an imported file said otherwise, in words. */
  notes: readonly string[];
  problems: Finding[];
  warnings: Finding[];
}

const plain = (dim: Dim): number | string => (isKnown(dim) ? dim : formatDim(dim));

/** The nodes that are layers of the model, all but losses: as the file has them if that is an order of computation. */
function modelNodes({ graph }: NetworkDocument, { order }: FlatInference): readonly string[] {
  const asGiven = Object.keys(graph.nodes);
  const place = new Map(asGiven.map((id, at) => [id, at]));
  const inOrder = graph.edges.every(({ from, to }) => (place.get(from[0]) ?? 0) < (place.get(to[0]) ?? 0));
  return (inOrder ? asGiven : order).filter((id) => layerOf(graph.nodes[id]?.type ?? '')?.role !== 'loss');
}

export function summarise(file: string, document: NetworkDocument, notes: readonly string[] = []): NetworkSummary {
  const inference = inferDocument(document, fieldsOf(document));
  // Blocks are opened out: a summary lists layers.
  const { opened } = inference;
  const layers = modelNodes(opened.document, opened.inference).flatMap((id): LayerSummary[] => {
    const [node, known] = [opened.document.graph.nodes[id], opened.inference.nodes.get(id)];
    if (!node || !known) return [];
    const counted = known.output !== null && !known.problems.some(({ severity }) => severity === 'error');
    return [
      {
        id,
        name: nameOf(id, node),
        type: node.type,
        output: known.output && toNullable(known.output.shape),
        ...(node.tiedTo !== undefined && { tiedTo: node.tiedTo }),
        params: counted ? plain(known.parameters) : null,
        trainable: counted ? plain(known.trainable) : null,
        macs: counted ? plain(known.macs) : null,
      },
    ];
  });
  const { totals } = inference;
  const findings = (severity: 'error' | 'warning'): Finding[] =>
    inference.problems
      .filter((problem) => problem.severity === severity)
      .map((problem) => ({ node: placeOf(problem), message: problem.message }));
  return {
    file,
    name: document.name,
    layers,
    totals: {
      params: totals && plain(totals.parameters),
      trainable: totals && plain(totals.trainable),
      nonTrainable: totals && plain(totals.nonTrainable),
      macs: totals && plain(totals.macs),
      flops: totals && plain(totals.flops),
      conventions: {
        keras: countsOf(totals),
        pytorch: countsOf(totals?.pytorch ?? null),
      },
    },
    problems: findings('error'),
    warnings: findings('warning'),
    notes,
  };
}

/** A node with the way into the blocks around it. */
const placeOf = ({ node, path = [] }: Problem): string => [...path.map(({ instance }) => instance), node].join('/');

const countsOf = (counts: { parameters: Dim; trainable: Dim } | null): Counts => ({
  parameters: counts && plain(counts.parameters),
  trainable: counts && plain(counts.trainable),
  nonTrainable: counts && plain(subtract(counts.parameters, counts.trainable)),
});

export const fieldsOf = (document: NetworkDocument) =>
  document.training.dataset === undefined ? undefined : datasetInfo(document.training.dataset)?.fields;

const shown = (value: number | string | null): string => (value === null ? '?' : value.toLocaleString('en-US'));

function print(document: NetworkDocument, summary: NetworkSummary): void {
  const { file, name, layers, totals, problems, warnings, notes } = summary;
  const { inference } = inferDocument(document, fieldsOf(document)).opened;
  const rows = layers.map((layer) => {
    const shape = inference.nodes.get(layer.id)?.output?.shape;
    const title = layerOf(layer.type)?.title ?? layer.type;
    return [layer.name, title, shape ? formatBatchShape(shape) : '?', shown(layer.params), shown(layer.macs)];
  });
  const lines = [
    `${name} (${file})`,
    formatTable(['Layer', 'Type', 'Output', 'Parameters', 'Multiply-adds'], rows, [3, 4]),
    totals.params === null
      ? 'Totals are withheld while there are problems.'
      : `Parameters ${shown(totals.params)} (trainable ${shown(totals.trainable)}, not trainable ${shown(totals.nonTrainable)}), multiply-adds ${shown(totals.macs)}`,
    ...(totals.conventions.pytorch.parameters === totals.params
      ? []
      : [`PyTorch counts ${shown(totals.conventions.pytorch.parameters)} parameters.`]),
    ...notes.map((note) => `Import: ${note}`),
    ...problems.map(({ node, message }) => `Problem: ${node}: ${message}`),
    ...warnings.map(({ node, message }) => `Note: ${node}: ${message}`),
  ];
  console.log(`${lines.join('\n')}\n`);
}

export const summary = defineCommand({
  meta: { name: 'summary', description: 'Shapes, parameters and multiply-adds of networks.' },
  args: {
    file: { type: 'positional', description: 'Files, or gallery:NAME', required: true },
    json: { type: 'boolean', description: 'Print one JSON array', default: false },
  },
  async run({ args }) {
    const summaries: NetworkSummary[] = [];
    for (const file of args._) {
      try {
        const { document, notes } = await readNetwork(file);
        const result = summarise(file, document, notes);
        summaries.push(result);
        if (!args.json) print(document, result);
        if (result.problems.length > 0) process.exitCode ??= 1;
      } catch (error) {
        if (!(error instanceof UnreadableError)) throw error;
        console.error(error.message);
        process.exitCode = 2;
      }
    }
    if (args.json) console.log(JSON.stringify(summaries, null, 2));
  },
});
