/** Edits drawn by chance: any that a person can make, sensible or not, and some that only a file can bring. */
import {
  addNode,
  connect,
  copyNodes,
  detachInstance,
  disconnect,
  duplicateNodes,
  groupNodes,
  insertOnEdge,
  moveNodes,
  type NetworkDocument,
  type NodeId,
  pasteNodes,
  removeNodes,
  renameNode,
  setParams,
  setRepeat,
  setShared,
  setTrainable,
  tie,
  untie,
} from '@/document';
import { LAYERS } from '@/layers';

type Random = () => number;
type Edit = (document: NetworkDocument, random: Random) => NetworkDocument;

const pick = <T>(random: Random, items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];

const anyNode = ({ graph }: NetworkDocument, random: Random): NodeId => pick(random, Object.keys(graph.nodes)) ?? '';

const someNodes = ({ graph }: NetworkDocument, random: Random): NodeId[] => {
  const share = random();
  return Object.keys(graph.nodes).filter(() => random() < share);
};

const anyType = (random: Random): string => pick(random, LAYERS)?.type ?? 'dense';

const whole = (random: Random, most: number): number => 1 + Math.floor(random() * most);

const withGraph = (document: NetworkDocument, change: Partial<NetworkDocument['graph']>): NetworkDocument => ({
  ...document,
  graph: { ...document.graph, ...change },
});

const shuffled = <T>(items: readonly T[], random: Random): T[] =>
  items
    .map((item) => ({ item, by: random() }))
    .sort((a, b) => a.by - b.by)
    .map(({ item }) => item);

const SETTINGS: readonly Edit[] = [
  (document, random) =>
    setParams(document, anyNode(document, random), { filters: whole(random, 9), units: whole(random, 9) }),
  (document, random) =>
    setParams(document, anyNode(document, random), {
      padding: random() < 0.5 ? 'same' : 'valid',
      kernelSize: whole(random, 4),
    }),
  (document, random) => setParams(document, anyNode(document, random), { parts: whole(random, 3) - 1, axis: -1 }),
  (document, random) => moveNodes(document, { [anyNode(document, random)]: [random() * 100, random() * 100] }),
  (document, random) => setTrainable(document, anyNode(document, random), random() < 0.5),
  (document, random) => renameNode(document, anyNode(document, random), `name ${whole(random, 3)}`),
];

const STRUCTURE: readonly Edit[] = [
  (document, random) => addNode(document, { type: anyType(random) }).document,
  (document, random) => removeNodes(document, [anyNode(document, random)], () => random() < 0.5),
  (document, random) => removeNodes(document, someNodes(document, random), () => random() < 0.5),
  (document, random) => {
    const from = pick(random, ['out', 'out', 'out', 'part2', 'nowhere']) ?? 'out';
    const to = pick(random, ['in', 'in', 'in', 'target']) ?? 'in';
    const [source, target] = [anyNode(document, random), anyNode(document, random)];
    return connect(document, [source, from], [target, to], { replace: random() < 0.5 });
  },
  (document, random) => {
    const edge = pick(random, document.graph.edges);
    return edge ? disconnect(document, edge) : document;
  },
  (document, random) => {
    const edge = pick(random, document.graph.edges);
    return edge ? insertOnEdge(document, edge, { type: anyType(random) }).document : document;
  },
  (document, random) => duplicateNodes(document, someNodes(document, random)).document,
  (document, random) => pasteNodes(document, copyNodes(document, someNodes(document, random)), [7, 7]).document,
  (document, random) => tie(document, anyNode(document, random), anyNode(document, random)),
  (document, random) => untie(document, anyNode(document, random)),
];

const BLOCKS: readonly Edit[] = [
  (document, random) => {
    const grouped = groupNodes(document, someNodes(document, random), 'Part');
    return 'refusal' in grouped ? document : grouped.document;
  },
  (document, random) => {
    const type = pick(random, Object.keys(document.blocks ?? {}));
    return type === undefined ? document : addNode(document, { type: `block:${type}` }).document;
  },
  (document, random) => {
    const detached = detachInstance(document, anyNode(document, random));
    return 'refusal' in detached ? document : detached.document;
  },
  (document, random) => setRepeat(document, anyNode(document, random), whole(random, 3)),
  (document, random) => setShared(document, anyNode(document, random), random() < 0.5),
];

/** What is the same network in other words, or one that no edit makes. */
const FILES: readonly Edit[] = [
  (document) => structuredClone(document),
  (document, random) => withGraph(document, { edges: shuffled(document.graph.edges, random) }),
  (document, random) =>
    withGraph(document, { nodes: Object.fromEntries(shuffled(Object.entries(document.graph.nodes), random)) }),
  (document, random) =>
    // Numbers come before all other names, and what is copied of an unknown type “7” is called by a number, too.
    withGraph(document, {
      nodes: { ...document.graph.nodes, [whole(random, 20)]: { type: random() < 0.5 ? '7' : anyType(random) } },
    }),
  (document, random) => {
    const id = anyNode(document, random);
    const node = document.graph.nodes[id];
    if (!node) return document;
    const tiedTo = pick(random, [anyNode(document, random), 'nobody', id]) ?? id;
    return withGraph(document, { nodes: { ...document.graph.nodes, [id]: { ...node, tiedTo } } });
  },
  (document, random) => {
    // A wire whose end is missing.
    const { [anyNode(document, random)]: _gone, ...nodes } = document.graph.nodes;
    return withGraph(document, { nodes });
  },
  (document, random) => {
    const edge = pick(random, document.graph.edges);
    return edge ? withGraph(document, { edges: [...document.graph.edges, edge] }) : document;
  },
];

const KINDS = [SETTINGS, STRUCTURE, STRUCTURE, STRUCTURE, BLOCKS, FILES] as const;

/**
 * One edit, or a few in a row.
 * @param blocks whether there may be blocks
 */
export function randomEdit(
  document: NetworkDocument,
  random: Random,
  { blocks }: { blocks: boolean },
): NetworkDocument {
  const kinds = KINDS.filter((kind) => blocks || kind !== BLOCKS);
  let next = document;
  do {
    const kind = pick(random, kinds) ?? SETTINGS;
    next = pick(random, kind)?.(next, random) ?? next;
  } while (random() < 0.3);
  return next;
}
