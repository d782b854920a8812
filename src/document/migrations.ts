/**
 * Versions only go up. Each entry turns a document of its version into one of the next;
 * `tests/fixtures/documents` holds a file of every version that must still open.
 */
import { DOCUMENT_VERSION } from './schema';

type Raw = Record<string, unknown>;

/**
 * Version 0 is the sketch format of early files: nodes and edges as lists, and one optimizer for all.
 */
function fromVersion0(document: Raw): Raw {
  const nodes = Array.isArray(document.nodes) ? (document.nodes as Raw[]) : [];
  const edges = Array.isArray(document.edges) ? (document.edges as unknown[]) : [];
  const { nodes: _nodes, edges: _edges, optimizer, training, ...rest } = document;
  const settings = isRaw(training) ? training : {};
  return {
    ...rest,
    version: 1,
    graph: { nodes: Object.fromEntries(nodes.map(({ id, ...node }) => [String(id), node])), edges },
    training: isRaw(optimizer) ? { ...settings, phases: [{ optimizer }] } : settings,
  };
}

const MIGRATIONS: Readonly<Record<number, (document: Raw) => Raw>> = { 0: fromVersion0 };

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Brings a document to the present version; anything else passes through, for the schema to refuse. */
export function migrate(value: unknown): unknown {
  let document = value;
  while (isRaw(document) && typeof document.version === 'number' && document.version < DOCUMENT_VERSION) {
    const step = MIGRATIONS[document.version];
    if (!step) break;
    document = step(document);
  }
  return document;
}
