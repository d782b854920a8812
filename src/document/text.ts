/** Documents and fragments as text: reading with errors that name a place, writing canonically. */
import { z } from 'zod';
import type { Fragment } from './edits';
import { migrate } from './migrations';
import { optimizer as optimizerSchema } from './optimizers';
import {
  documentSchema,
  fragmentSchema,
  type Graph,
  type Json,
  type NetworkDocument,
  type NetworkNode,
  type NodeId,
} from './schema';

/** Why a text is no network, in words, with line or path. */
export class DocumentError extends Error {
  override name = 'DocumentError';
}

/**
 * Reads a document of any version.
 * @throws DocumentError naming the line (broken JSON) or the path (wrong content).
 */
export function parseDocument(text: string): NetworkDocument {
  return readDocument(parseJson(text));
}

/** As `parseDocument`, for JSON already parsed. */
export function readDocument(value: unknown): NetworkDocument {
  const document = validate(documentSchema, migrate(value));
  checkWires('graph', document.graph);
  for (const [id, { graph }] of Object.entries(document.blocks ?? {})) checkWires(`blocks.${id}.graph`, graph);
  return document;
}

function checkWires(place: string, { nodes, edges }: Graph): void {
  for (const [at, edge] of edges.entries()) {
    for (const [id] of [edge.from, edge.to]) {
      if (!Object.hasOwn(nodes, id)) throw new DocumentError(`At ${place}.edges[${at}]: there is no node "${id}".`);
    }
  }
}

function validate<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue ? z.core.toDotPath(issue.path) : '';
  throw new DocumentError(`${path === '' ? 'The file' : `At ${path}`}: ${issue?.message ?? 'not a network'}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const offset = /position (\d+)/.exec(reason)?.[1];
    const at = offset === undefined ? text.length : Number(offset);
    const before = text.slice(0, at).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    const what = reason.replace(/ in JSON.*| \(line.*|, (?:\.{3})?".*/s, '');
    throw new DocumentError(`Line ${before.length}, column ${column}: this is not JSON (${what}).`);
  }
}

const sorted = (value: Json | undefined): Json | undefined => {
  if (Array.isArray(value)) return value.map((item) => sorted(item) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item) ?? null]));
};

/** Only the settings that the schema would not fill in by itself. */
function trainingWithoutDefaults({ training, version }: NetworkDocument): Record<string, unknown> {
  const bare = documentSchema.parse({ format: 'tensorloom', version, graph: { nodes: {}, edges: [] } }).training;
  const phases = training.phases.map((phase) => {
    const optimizer = differing(phase.optimizer, optimizerSchema.parse({ type: phase.optimizer.type }));
    const plain = phase.optimizer.type === bare.phases[0]?.optimizer.type && Object.keys(optimizer).length === 0;
    return {
      ...differing({ ...phase, optimizer: null }, { minimise: 'all', train: 'all', optimizer: null }),
      ...(!plain && { optimizer: { type: phase.optimizer.type, ...optimizer } }),
    };
  });
  const plain = phases.length === 1 && Object.keys(phases[0] ?? {}).length === 0;
  return { ...differing({ ...training, phases: null }, { ...bare, phases: null }), ...(!plain && { phases }) };
}

const differing = (value: object, from: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).filter(
      ([key, item]) => JSON.stringify(item) !== JSON.stringify((from as Record<string, unknown>)[key]),
    ),
  );

function graphWithoutDefaults({ nodes, edges }: Graph, defaultOf: (type: string, param: string) => unknown): Graph {
  const kept = Object.entries(nodes).map(([id, { params = {}, ...rest }]): [NodeId, NetworkNode] => {
    const differs = Object.entries(params).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(defaultOf(rest.type, key)),
    );
    return [id, { ...rest, ...(differs.length > 0 && { params: Object.fromEntries(differs) }) }];
  });
  return { nodes: Object.fromEntries(kept), edges: edges.map(({ from, to }) => ({ from, to })) };
}

/** How keys are ordered at the top of a file; all below is alphabetical. */
const ORDER = ['format', 'version', 'name', 'graph', 'blocks', 'training'];

/**
 * Writes a document in its one canonical form: parameters and training settings at their defaults left
 * out, keys sorted, edges as drawn, one node or wire a line. The same network always gives the same text.
 * @param defaultOf the default of a layer type's hyperparameter, undefined for unknown ones
 */
export function formatDocument(
  document: NetworkDocument,
  defaultOf: (type: string, param: string) => unknown = () => undefined,
): string {
  const training = trainingWithoutDefaults(document);
  const content: Record<string, unknown> = {
    ...document,
    graph: graphWithoutDefaults(document.graph, defaultOf),
    ...(document.blocks && {
      blocks: Object.fromEntries(
        Object.entries(document.blocks).map(([id, block]) => [
          id,
          { ...block, graph: graphWithoutDefaults(block.graph, defaultOf) },
        ]),
      ),
    }),
    training,
  };
  if (Object.keys(training).length === 0) delete content.training;
  if (document.blocks && Object.keys(document.blocks).length === 0) delete content.blocks;
  const lines = ORDER.filter((key) => content[key] !== undefined).map(
    (key) => `  ${JSON.stringify(key)}: ${layOut(key === 'graph' ? content[key] : sorted(content[key] as Json), 1)}`,
  );
  return `{\n${lines.join(',\n')}\n}\n`;
}

const WIDTH = 110;

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${onOneLine(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** JSON with short values on one line and long ones broken, indented by two spaces. */
function layOut(value: unknown, depth: number, key = ''): string {
  const ordered = key === 'nodes' ? sorted(value as Json) : value;
  const flat = onOneLine(ordered);
  if (typeof ordered !== 'object' || ordered === null || (depth > 2 && flat.length + 2 * depth <= WIDTH)) return flat;
  const pad = '  '.repeat(depth + 1);
  const end = `\n${'  '.repeat(depth)}`;
  if (Array.isArray(ordered)) {
    if (ordered.length === 0) return '[]';
    return `[\n${ordered.map((item) => pad + layOut(item, depth + 1)).join(',\n')}${end}]`;
  }
  const entries = Object.entries(ordered);
  if (entries.length === 0) return '{}';
  return `{\n${entries.map(([name, item]) => `${pad}${JSON.stringify(name)}: ${layOut(item, depth + 1, name)}`).join(',\n')}${end}}`;
}

/** The clipboard's text: recognisable, so that text from elsewhere is refused with a clear word. */
export function formatFragment(fragment: Fragment): string {
  return JSON.stringify({ format: 'tensorloom-fragment', ...fragment });
}

/** @throws DocumentError where the text is no fragment. */
export function parseFragment(text: string): Fragment {
  const { nodes, edges, blocks } = validate(fragmentSchema, parseJson(text));
  return {
    nodes,
    edges: edges.filter((edge) => Object.hasOwn(nodes, edge.from[0]) && Object.hasOwn(nodes, edge.to[0])),
    ...(blocks && { blocks }),
  };
}
