/** Editing what blocks there are: their names, parameters and ports, and every instance that follows. */
import type { Block, Edge, Endpoint, Graph, Json, NetworkDocument, NetworkNode, NodeId } from '../schema';
import { compose, isParamName, renameIn } from './expressions';
import { blockIdOf, blockType } from './ports';

/** An id for a new block, from its title: `residual-block`, `residual-block-2`. */
export function freeBlockId({ blocks = {} }: Pick<NetworkDocument, 'blocks'>, title: string): string {
  const stem =
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'block';
  let id = stem;
  for (let count = 2; Object.hasOwn(blocks, id); count++) id = `${stem}-${count}`;
  return id;
}

export const titleOfBlock = (id: string, { title }: Block): string => title ?? id;

/** Where instances of a block stand: null for the network's own graph, else the block around them. */
export function usesOf(document: NetworkDocument, block: string): { around: string | null; node: NodeId }[] {
  const type = blockType(block);
  const graphs: [string | null, Graph][] = [
    [null, document.graph],
    ...Object.entries(document.blocks ?? {}).map(([id, { graph }]): [string, Graph] => [id, graph]),
  ];
  return graphs.flatMap(([around, { nodes }]) =>
    Object.entries(nodes).flatMap(([node, { type: other }]) => (other === type ? [{ around, node }] : [])),
  );
}

/** The ids of a block and of all it is made of, itself first. */
export function blocksNeeded(blocks: Readonly<Record<string, Block>>, ids: Iterable<string>): string[] {
  const needed = new Set<string>();
  const visit = (id: string): void => {
    const block = Object.hasOwn(blocks, id) ? blocks[id] : undefined;
    if (!block || needed.has(id)) return;
    needed.add(id);
    for (const { type } of Object.values(block.graph.nodes)) {
      const inner = blockIdOf(type);
      if (inner !== null) visit(inner);
    }
  };
  for (const id of ids) visit(id);
  return [...needed];
}

function changeBlock(document: NetworkDocument, id: string, change: (block: Block) => Block): NetworkDocument {
  const block = document.blocks?.[id];
  if (!block) return document;
  const next = change(block);
  return next === block ? document : { ...document, blocks: { ...document.blocks, [id]: next } };
}

export function setBlockTitle(document: NetworkDocument, id: string, title: string): NetworkDocument {
  const wanted = title.trim();
  return changeBlock(document, id, (block) =>
    wanted === '' || wanted === block.title ? block : { ...block, title: wanted },
  );
}

export function setBlockNote(document: NetworkDocument, id: string, note: string): NetworkDocument {
  return changeBlock(document, id, (block) => {
    if ((block.note ?? '') === note) return block;
    const { note: _before, ...rest } = block;
    return note === '' ? rest : { ...rest, note };
  });
}

/** Takes a definition away that no instance needs; with an instance left, nothing happens. */
export function removeBlock(document: NetworkDocument, id: string): NetworkDocument {
  if (!document.blocks || !Object.hasOwn(document.blocks, id) || usesOf(document, id).length > 0) return document;
  const { [id]: _removed, ...blocks } = document.blocks;
  return { ...document, blocks };
}

/** Adds a parameter or changes its default. A name that expressions cannot speak of changes nothing. */
export function setBlockParam(document: NetworkDocument, id: string, name: string, value: Json): NetworkDocument {
  if (!isParamName(name)) return document;
  return changeBlock(document, id, (block) =>
    JSON.stringify(block.params?.[name]) === JSON.stringify(value)
      ? block
      : { ...block, params: { ...block.params, [name]: value } },
  );
}

/** Takes a parameter away; where nodes within spoke of it, its default stands. */
export function removeBlockParam(document: NetworkDocument, id: string, name: string): NetworkDocument {
  const block = document.blocks?.[id];
  if (!block?.params || !Object.hasOwn(block.params, name)) return document;
  const { [name]: value, ...params } = block.params;
  const settled = changeBlock(document, id, () => ({
    ...block,
    params,
    graph: eachSetting(block.graph, (setting) => compose(setting, value === undefined ? {} : { [name]: value })),
  }));
  return eachInstance(settled, id, (node) => {
    const { params: given, along, ...rest } = node;
    return { ...rest, ...keptParams('params', given, name), ...keptParams('along', along, name) };
  });
}

/** Renames a parameter in the block, in every expression over it and at every instance. */
export function renameBlockParam(document: NetworkDocument, id: string, name: string, to: string): NetworkDocument {
  const block = document.blocks?.[id];
  if (!block?.params || !Object.hasOwn(block.params, name) || name === to) return document;
  if (!isParamName(to) || Object.hasOwn(block.params, to)) return document;
  const renamed = changeBlock(document, id, () => ({
    ...block,
    params: renamedKey(block.params ?? {}, name, to),
    graph: eachSetting(block.graph, (setting) => renameIn(setting, name, to)),
  }));
  return eachInstance(renamed, id, (node) => ({
    ...node,
    ...(node.params && { params: renamedKey(node.params, name, to) }),
    ...(node.along && { along: renamedKey(node.along, name, to) }),
  }));
}

/** Renames a port, which is a node of the block's graph, and every wire of an instance to it. */
export function renameBlockPort(document: NetworkDocument, id: string, port: NodeId, to: NodeId): NetworkDocument {
  const block = document.blocks?.[id];
  const wanted = to.trim();
  if (!block || wanted === '' || !Object.hasOwn(block.graph.nodes, port)) return document;
  if (Object.hasOwn(block.graph.nodes, wanted) || wanted === '__proto__') return document;
  const within = (end: Endpoint): Endpoint => (end[0] === port ? [wanted, end[1]] : end);
  const renamed = changeBlock(document, id, () => ({
    ...block,
    graph: {
      nodes: renamedKey(block.graph.nodes, port, wanted),
      edges: block.graph.edges.map(({ from, to: end }) => ({ from: within(from), to: within(end) })),
    },
  }));
  const type = blockType(id);
  return eachGraph(renamed, (graph) => {
    const at = (end: Endpoint): Endpoint =>
      graph.nodes[end[0]]?.type === type && end[1] === port ? [end[0], wanted] : end;
    if (!graph.edges.some(({ from, to: end }) => at(from) !== from || at(end) !== end)) return graph;
    return { ...graph, edges: graph.edges.map(({ from, to: end }): Edge => ({ from: at(from), to: at(end) })) };
  });
}

/** Gives one instance a definition of its own, which it can then differ in. */
export function ownBlock(
  document: NetworkDocument,
  instance: NodeId,
): { document: NetworkDocument; block: string } | null {
  const node = document.graph.nodes[instance];
  const id = blockIdOf(node?.type ?? '');
  const block = id === null ? undefined : document.blocks?.[id];
  if (!node || id === null || !block) return null;
  const title = titleOfBlock(id, block);
  const copy = freeBlockId(document, title);
  return {
    document: {
      ...document,
      blocks: { ...document.blocks, [copy]: { ...block, title: `${title} (copy)` } },
      graph: {
        ...document.graph,
        nodes: { ...document.graph.nodes, [instance]: { ...node, type: blockType(copy) } },
      },
    },
    block: copy,
  };
}

/**
 * Brings definitions from elsewhere into a document. One that is there already, word for word, is used; where
 * another has its id, it gets a new one.
 * @returns the document, and what each block is called in it
 */
export function adoptBlocks(
  document: NetworkDocument,
  blocks: Readonly<Record<string, Block>>,
): { document: NetworkDocument; names: ReadonlyMap<string, string> } {
  const names = new Map<string, string>();
  const own = document.blocks ?? {};
  const text = JSON.stringify;
  const differs = new Set(
    Object.keys(blocks).filter((id) => Object.hasOwn(own, id) && text(own[id]) !== text(blocks[id])),
  );
  // What is made of a block that gets another id is another block, too.
  for (const id of Object.keys(blocks)) {
    if (Object.hasOwn(own, id) && blocksNeeded(blocks, [id]).some((inner) => differs.has(inner))) differs.add(id);
  }
  let next = document;
  for (const id of Object.keys(blocks)) {
    const name = differs.has(id) ? freeBlockId(next, id) : id;
    names.set(id, name);
    if (!Object.hasOwn(next.blocks ?? {}, name))
      next = { ...next, blocks: { ...next.blocks, [name]: { graph: { nodes: {}, edges: [] } } } };
  }
  const adopted = Object.entries(blocks).map(([id, block]): [string, Block] => [
    names.get(id) ?? id,
    { ...block, graph: renamedBlocks(block.graph, names) },
  ]);
  return {
    document: adopted.length === 0 ? document : { ...next, blocks: { ...next.blocks, ...Object.fromEntries(adopted) } },
    names,
  };
}

/** A graph whose instances go by other names. */
export function renamedBlocks(graph: Graph, names: ReadonlyMap<string, string>): Graph {
  const nodes = Object.entries(graph.nodes).map(([id, node]): [NodeId, NetworkNode] => {
    const block = blockIdOf(node.type);
    const name = block === null ? undefined : names.get(block);
    return [id, name === undefined || name === block ? node : { ...node, type: blockType(name) }];
  });
  return { ...graph, nodes: Object.fromEntries(nodes) };
}

function eachGraph(document: NetworkDocument, change: (graph: Graph) => Graph): NetworkDocument {
  const blocks = Object.entries(document.blocks ?? {}).map(([id, block]): [string, Block] => {
    const graph = change(block.graph);
    return [id, graph === block.graph ? block : { ...block, graph }];
  });
  return { ...document, graph: change(document.graph), ...(document.blocks && { blocks: Object.fromEntries(blocks) }) };
}

function eachInstance(
  document: NetworkDocument,
  block: string,
  change: (node: NetworkNode) => NetworkNode,
): NetworkDocument {
  const type = blockType(block);
  return eachGraph(document, (graph) => {
    const instances = Object.entries(graph.nodes).filter(([, node]) => node.type === type);
    if (instances.length === 0) return graph;
    return {
      ...graph,
      nodes: { ...graph.nodes, ...Object.fromEntries(instances.map(([id, node]) => [id, change(node)])) },
    };
  });
}

/** Every place within a graph where an expression may stand. */
function eachSetting(graph: Graph, change: (setting: Json) => Json): Graph {
  const nodes = Object.entries(graph.nodes).map(([id, node]): [NodeId, NetworkNode] => {
    const { params, repeat, along } = node;
    if (!params && repeat === undefined && !along) return [id, node];
    return [
      id,
      {
        ...node,
        ...(params && { params: change(params) as Record<string, Json> }),
        ...(repeat !== undefined && { repeat: change(repeat) as number | string }),
        ...(along && { along: change(along) as Record<string, Json[]> }),
      },
    ];
  });
  return { ...graph, nodes: Object.fromEntries(nodes) };
}

const renamedKey = <T>(record: Readonly<Record<string, T>>, name: string, to: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key === name ? to : key, value]));

/** Without one entry, and without the record where that was the only one. */
function keptParams<T>(key: string, record: Readonly<Record<string, T>> | undefined, name: string): object {
  const { [name]: _removed, ...rest } = record ?? {};
  return Object.keys(rest).length > 0 ? { [key]: rest } : {};
}
