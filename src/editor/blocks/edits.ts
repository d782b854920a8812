/** What can be done with blocks, each as one labelled edit of the graph that is looked at. */
import {
  type Block,
  blockIdOf,
  blockOf,
  detachInstance,
  groupNodes,
  layered,
  moveNodes,
  type NetworkDocument,
  type NodeId,
  ownBlock,
  type Path,
  type Point,
  setRepeat,
  tie,
  titleOfBlock,
  untie,
} from '@/document';
import { type Inference, inferDocument } from '@/inference';
import { layerIn, nameOf } from '@/layers';
import { fieldsOf, useNetwork } from '@/state/network';
import { useSelection } from '@/state/selection';
import { useView } from '@/state/view';

const now = useNetwork.getState;

/** The block whose graph is looked at. */
export function blockHere(): Block | null {
  const { block, whole } = now();
  return (block === null ? undefined : whole.blocks?.[block]) ?? null;
}

/** The one node that is selected, where it is an instance of a block. */
export function selectedInstance(): NodeId | null {
  const [id, ...others] = useSelection.getState().nodes;
  const { document } = now();
  return id !== undefined && others.length === 0 && blockOf(document, document.graph.nodes[id]) ? id : null;
}

export const titleOfNode = (document: NetworkDocument, id: NodeId): string => {
  const node = document.graph.nodes[id];
  return node ? (layerIn(document, node.type)?.title ?? node.type) : id;
};

/**
 * Makes a block of the selected nodes.
 * @returns why it cannot be, null where it was done
 */
export function group(ids: Iterable<NodeId>, title: string): string | null {
  const wanted = title.trim();
  if (wanted === '') return 'A block needs a name.';
  const { document, edit } = now();
  const chosen = [...ids];
  const grouped = groupNodes(document, chosen, wanted, blockHere());
  if ('refusal' in grouped) return grouped.refusal;
  const closed = closedUp(document, grouped.document, chosen, grouped.instance);
  edit(`Group ${chosen.length === 1 ? '1 layer' : `${chosen.length} layers`} into ${wanted}`, () => closed);
  useSelection.getState().select([grouped.instance]);
  return null;
}

/** Puts the layers that an instance stands for in its place. */
export function takeApart(id: NodeId): string | null {
  const { document, edit } = now();
  const taken = detachInstance(document, id, blockHere()?.params ?? {});
  if ('refusal' in taken) return taken.refusal;
  edit(`Take ${titleOfNode(document, id)} apart`, () => withRoom(document, taken.document, taken.ids, id));
  useSelection.getState().select(taken.ids);
  return null;
}

/** Chains so many copies of an instance: a number, or inside a block an expression over its parameters. */
export function repeat(id: NodeId, times: number | string): void {
  const { document, edit } = now();
  edit(`Repeat ${titleOfNode(document, id)} ×${times}`, (current) => setRepeat(current, id, times), {
    coalesce: `repeat ${id}`,
  });
}

/** Gives an instance a definition of its own; the others keep theirs. */
export function makeOwn(id: NodeId): void {
  const { document, edit } = now();
  edit(`Own definition for ${nameOf(id, document.graph.nodes[id] ?? { type: '' })}`, (current) => {
    return ownBlock(current, id)?.document ?? current;
  });
}

export function tieTo(id: NodeId, owner: NodeId): void {
  const { document, edit } = now();
  const [one, other] = [id, owner].map((each) => nameOf(each, document.graph.nodes[each] ?? { type: '' }));
  edit(`Share the weights of ${other} with ${one}`, (current) => tie(current, id, owner));
}

export function untieNode(id: NodeId): void {
  const { document, edit } = now();
  edit(`Own weights for ${nameOf(id, document.graph.nodes[id] ?? { type: '' })}`, (current) => untie(current, id));
}

/** Whose weights a node could use: nodes of its type, or of those that its layer knows. */
export function ownersFor(document: NetworkDocument, id: NodeId): NodeId[] {
  const { nodes } = document.graph;
  const node = nodes[id];
  const layer = node && layerIn(document, node.type);
  if (!node || !layer || !canTie(document, id)) return [];
  return Object.keys(nodes).filter((other) => {
    const { type, tiedTo } = nodes[other] ?? { type: '' };
    return other !== id && tiedTo === undefined && (type === node.type || layer.tiesTo?.includes(type) === true);
  });
}

/** Inputs, losses and a block's ports have no weights. */
const canTie = (document: NetworkDocument, id: NodeId): boolean => {
  const node = document.graph.nodes[id];
  const role = node && layerIn(document, node.type)?.role;
  return node !== undefined && (role === undefined || role === 'block');
};

/** Looks into an instance: into a copy of it where it is repeated. */
export function openBlock(id: NodeId, copy = 0): void {
  const { document, path, expanded, unfolded, go } = now();
  const isBlock = blockOf(document, document.graph.nodes[id]) !== undefined;
  const origin = unfolded?.originOf(id);
  if (origin && isBlock) go([...origin.path, { instance: origin.node, copy }]);
  else if (expanded) goToOrigin(id);
  else if (isBlock) go([...path, { instance: id, copy }]);
}

export function goUp(): void {
  const { path, go } = now();
  const last = path.at(-1);
  if (last) go(path.slice(0, -1), [last.instance]);
}

/** Shows every layer of the network, its blocks opened out, laid out anew. */
export function showAllLayers(): void {
  const { direction } = useView.getState();
  now().expand((document) => {
    const { nodes, edges } = document.graph;
    const places = layered(Object.keys(nodes), edges, direction);
    return moveNodes(document, Object.fromEntries(places));
  });
}

/** From a layer of the opened-out network to where it is drawn. */
export function goToOrigin(id: NodeId): void {
  const { inference, whole, unfolded, go } = now();
  const origin = unfolded
    ? unfolded.originOf(id)
    : (inferDocument(whole, fieldsOf(whole)).originOf(id) ?? inference.originOf(id));
  if (origin) go(origin.path, [origin.node]);
}

/** What the way into a block is called, step by step: “Stage 1”, “Bottleneck”. */
export function namesAlong(whole: NetworkDocument, path: Path): string[] {
  let { graph } = whole;
  return path.map(({ instance }) => {
    const node = graph.nodes[instance];
    const block = blockOf(whole, node);
    if (!node || !block) return instance;
    graph = block.graph;
    return node.name ?? titleOfBlock(blockIdOf(node.type) ?? instance, block);
  });
}

/** How many copies stand beside each step of the way. */
export const copiesAlong = (inference: Inference, path: Path): number[] =>
  path.map(({ instance }, depth) => inference.at(path.slice(0, depth)).copiesOf(instance));

/** Looks at another copy of the repeated block one is in. */
export function lookAtCopy(copy: number): void {
  const { path, go } = now();
  const last = path.at(-1);
  if (last) go([...path.slice(0, -1), { ...last, copy }], useSelection.getState().nodes);
}

const axisOf = (): 0 | 1 => (useView.getState().direction === 'down' ? 1 : 0);

const shifted = ([x, y]: Point, by: number, axis: 0 | 1): Point => (axis === 1 ? [x, y + by] : [x + by, y]);

/** The nodes that lie after a place with the flow, moved. */
function shiftAfter(
  document: NetworkDocument,
  place: number,
  by: number,
  except: ReadonlySet<NodeId>,
): NetworkDocument {
  const axis = axisOf();
  const places = Object.entries(document.graph.nodes).flatMap(([id, { at }]) =>
    at && at[axis] > place && !except.has(id) ? [[id, shifted(at, by, axis)] as const] : [],
  );
  return moveNodes(document, Object.fromEntries(places));
}

/** What lay after the grouped nodes moves up to the one card that is left of them, where nothing lies beside. */
function closedUp(
  before: NetworkDocument,
  after: NetworkDocument,
  grouped: readonly NodeId[],
  instance: NodeId,
): NetworkDocument {
  const axis = axisOf();
  const places = grouped.flatMap((id) => before.graph.nodes[id]?.at?.[axis] ?? []);
  const at = after.graph.nodes[instance]?.at;
  if (places.length === 0 || !at) return after;
  const [from, to] = [Math.min(...places), Math.max(...places)];
  const chosen = new Set(grouped);
  const beside = Object.entries(before.graph.nodes).some(
    ([id, node]) => !chosen.has(id) && node.at !== undefined && node.at[axis] >= from && node.at[axis] <= to,
  );
  if (beside) return after;
  const atTop = moveNodes(after, { [instance]: shifted(at, from - at[axis], axis) });
  return shiftAfter(atTop, to, from - to, new Set([instance]));
}

/** What lies after an instance makes room for all that it stood for. */
function withRoom(
  before: NetworkDocument,
  after: NetworkDocument,
  ids: readonly NodeId[],
  instance: NodeId,
): NetworkDocument {
  const axis = axisOf();
  const at = before.graph.nodes[instance]?.at;
  const places = ids.flatMap((id) => after.graph.nodes[id]?.at?.[axis] ?? []);
  if (!at || places.length === 0) return after;
  return shiftAfter(after, at[axis], Math.max(...places) - at[axis], new Set(ids));
}
