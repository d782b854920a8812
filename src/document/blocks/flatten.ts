/**
 * Opening blocks out: a document with instances becomes one of layers alone that computes the same. All that
 * looks at layers (shapes, the compiler, exports) works on what comes out here, so a block can never mean
 * anything but the nodes within it.
 */
import type { Edge, Endpoint, Graph, Json, NetworkDocument, NetworkNode, NodeId, Phase } from '../schema';
import { type Environment, substitute } from './expressions';
import { BLOCK_INPUT, BLOCK_OUTPUT, blockIdOf, blockOf, portsOfBlock } from './ports';

/** One step into a network: into the `copy`-th (from 0) of an instance. */
export interface Step {
  instance: NodeId;
  copy: number;
}

/** The way from the whole network to the inside of an instance; empty for the network itself. */
export type Path = readonly Step[];

/** The network itself or the inside of one copy of one instance, with its parameters' values. */
export interface Scope {
  path: Path;
  graph: Graph;
  /** Null for the network itself. */
  block: string | null;
  environment: Environment;
  parent: Scope | null;
  /** What each plain node is called in the opened-out network. */
  ids: ReadonlyMap<NodeId, NodeId>;
  /** The copies of each instance in this graph. */
  inside: ReadonlyMap<NodeId, readonly Scope[]>;
  /** Wires into each node, in document order. */
  incoming: ReadonlyMap<NodeId, readonly Edge[]>;
}

/** Where a node of the opened-out network is drawn. */
export interface Origin {
  scope: Scope;
  node: NodeId;
}

/** Why an instance is left as it is. */
export type Unopened = 'undefined' | 'recursive' | 'too-large';

export interface Flat {
  /** Without blocks. Very much the same document where there were none. */
  document: NetworkDocument;
  root: Scope;
  /** By the opened-out id. */
  origins: ReadonlyMap<NodeId, Origin>;
  unopened: ReadonlyMap<NodeId, Unopened>;
  /** The outputs of layers that reach an endpoint of a scope, whatever blocks lie between. */
  sources(scope: Scope, endpoint: Endpoint): readonly Endpoint[];
}

export interface Flattener {
  /** Nodes and wires that come out the same as before are the same objects. */
  flatten(document: NetworkDocument): Flat;
}

/** More nodes than any network that is drawn; blocks within blocks could grow past all memory. */
const MOST_NODES = 50_000;

const NO_EDGES: readonly Edge[] = [];
const NO_IDS: ReadonlyMap<NodeId, readonly Scope[]> = new Map();

export const flatten = (document: NetworkDocument): Flat => createFlattener().flatten(document);

/** Whether an instance is opened out: `node` in the graph of `block`, or of the network itself. */
export type Opens = (block: string | null, node: NodeId) => boolean;

/**
 * Opens out some instances only. The others stay, with the values that they have there for parameters; the
 * document computes the same.
 * @param opens has to agree for all instances that share weights, or they would no longer be the same
 */
export function flattenSome(document: NetworkDocument, opens: Opens): Flat {
  return new Opening(document, { nodes: new Map(), edges: new Map(), graph: { nodes: {}, edges: [] } }, opens).run();
}

export function createFlattener(): Flattener {
  let memory: Memory = { nodes: new Map(), edges: new Map(), graph: { nodes: {}, edges: [] } };
  return {
    flatten(document) {
      if (!hasInstances(document)) return asItIs(document);
      let opening = new Opening(document, memory, () => true);
      let flat = opening.run();
      if (opening.tooLarge) {
        opening = new Opening(document, memory, () => true, true);
        flat = opening.run();
      }
      memory = opening.memory;
      return flat;
    },
  };
}

function hasInstances({ blocks, graph }: NetworkDocument): boolean {
  if (!blocks) return false;
  for (const id in graph.nodes) if (blockIdOf(graph.nodes[id]?.type ?? '') !== null) return true;
  return false;
}

function asItIs(document: NetworkDocument): Flat {
  const { graph } = document;
  let incoming: ReadonlyMap<NodeId, readonly Edge[]> | undefined;
  let origins: ReadonlyMap<NodeId, Origin> | undefined;
  const root: Scope = {
    path: [],
    graph,
    block: null,
    environment: {},
    parent: null,
    get ids() {
      return new Map(Object.keys(graph.nodes).map((id) => [id, id]));
    },
    inside: NO_IDS,
    get incoming() {
      incoming ??= wiresInto(graph);
      return incoming;
    },
  };
  return {
    document,
    root,
    get origins() {
      origins ??= new Map(Object.keys(graph.nodes).map((id) => [id, { scope: root, node: id }]));
      return origins;
    },
    unopened: new Map(),
    sources: (_scope, endpoint) => [endpoint],
  };
}

function wiresInto({ edges }: Graph): Map<NodeId, Edge[]> {
  const incoming = new Map<NodeId, Edge[]>();
  for (const edge of edges) {
    const wires = incoming.get(edge.to[0]);
    if (wires) wires.push(edge);
    else incoming.set(edge.to[0], [edge]);
  }
  return incoming;
}

/** What came out last time, and from what. */
interface Memory {
  nodes: Map<NodeId, { from: NetworkNode; key: string; to: NetworkNode }>;
  /** By the node at which they end. */
  edges: Map<NodeId, Edge[]>;
  graph: Graph;
}

/** A node without what is its own in each copy. */
type Plain = Omit<NetworkNode, 'name' | 'tiedTo' | 'at'>;

interface OpenScope extends Scope {
  ids: Map<NodeId, NodeId>;
  inside: Map<NodeId, OpenScope[]>;
  parent: OpenScope | null;
  /** Which copy of which instance of the parent; null for the network itself. */
  instance: NodeId | null;
  copy: number;
  prefix: string;
  title: string;
  frozen: boolean;
  /** The scope whose layers' weights are used here instead of own ones. */
  owner: OpenScope | null;
  blocks: ReadonlySet<string>;
}

class Opening {
  readonly memory: Memory = { nodes: new Map(), edges: new Map(), graph: { nodes: {}, edges: [] } };
  private readonly origins = new Map<NodeId, Origin>();
  private readonly unopened = new Map<NodeId, Unopened>();
  private readonly nodes: Record<NodeId, NetworkNode> = {};
  private readonly found = new Map<Scope, Map<string, readonly Endpoint[]>>();
  /** Of nodes within blocks, by the parameters' values. */
  private readonly alike = new Map<NetworkNode, Map<string, Plain>>();
  private count = 0;

  constructor(
    private readonly document: NetworkDocument,
    private readonly before: Memory,
    private readonly opens: Opens,
    /** Opens nothing, for all would be too much. */
    private readonly closed = false,
  ) {}

  get tooLarge(): boolean {
    return this.count > MOST_NODES;
  }

  run(): Flat {
    const { document } = this;
    const root = this.open(document.graph, {
      path: [],
      block: null,
      environment: {},
      parent: null,
      instance: null,
      copy: 0,
      prefix: '',
      title: '',
      frozen: false,
      blocks: new Set(),
    });
    this.tie(root);
    this.make(root);
    const edges = this.wire(root);
    this.memory.graph = this.sameAsBefore(edges) ? this.before.graph : { nodes: this.nodes, edges };
    const { blocks, ...rest } = document;
    const kept = Object.values(this.nodes).some((node) => blockOf(document, node));
    const training = { ...document.training, phases: document.training.phases.map((phase) => this.phase(root, phase)) };
    return {
      document: { ...rest, ...(kept && blocks && { blocks }), graph: this.memory.graph, training },
      root,
      origins: this.origins,
      unopened: this.unopened,
      sources: (scope, endpoint) => this.sources(scope as OpenScope, endpoint),
    };
  }

  /** Names every node within a graph and opens its instances. Weights and wires come after, when all is there. */
  private open(graph: Graph, place: Omit<OpenScope, 'graph' | 'ids' | 'inside' | 'incoming' | 'owner'>): OpenScope {
    const scope: OpenScope = {
      ...place,
      graph,
      ids: new Map(),
      inside: new Map(),
      incoming: wiresInto(graph),
      owner: null,
    };
    this.count += 1;
    for (const [id, node] of Object.entries(graph.nodes)) {
      if (this.tooLarge) break;
      if (node.type === BLOCK_INPUT || node.type === BLOCK_OUTPUT) {
        if (scope.block !== null) continue;
      }
      const block = this.opens(scope.block, id) ? blockIdOf(node.type) : null;
      const refused = block === null ? null : this.refusal(scope, block, node);
      if (block !== null && refused === null) scope.inside.set(id, this.copies(scope, id, node, block));
      else {
        const flat = this.freeId(scope.prefix + id);
        if (refused) this.unopened.set(flat, refused);
        scope.ids.set(id, flat);
        this.origins.set(flat, { scope, node: id });
        this.count += 1;
      }
    }
    return scope;
  }

  private refusal(scope: OpenScope, block: string, node: NetworkNode): Unopened | null {
    if (!blockOf(this.document, node)) return 'undefined';
    if (scope.blocks.has(block)) return 'recursive';
    return this.closed ? 'too-large' : null;
  }

  private copies(scope: OpenScope, id: NodeId, node: NetworkNode, block: string): OpenScope[] {
    const definition = blockOf(this.document, node);
    if (!definition) return [];
    const count = copiesOf(node, scope.environment);
    const blocks = new Set([...scope.blocks, block]);
    const title = scope.title + (node.name ?? id);
    return Array.from({ length: count }, (_, copy) => {
      const which = count > 1 ? `/${copy + 1}` : '';
      return this.open(definition.graph, {
        path: [...scope.path, { instance: id, copy }],
        block,
        environment: environmentOf(definition.params, node, scope.environment, copy),
        parent: scope,
        instance: id,
        copy,
        prefix: `${scope.prefix}${id}${which}/`,
        title: `${title}${which}/`,
        frozen: scope.frozen || node.trainable === false,
        blocks,
      });
    });
  }

  /** Two ways of nesting may spell the same id. */
  private freeId(wanted: NodeId): NodeId {
    let id = wanted;
    while (this.origins.has(id) || (id !== wanted && Object.hasOwn(this.document.graph.nodes, id))) id += '′';
    return id;
  }

  /** Says of every scope whose weights it uses. */
  private tie(scope: OpenScope): void {
    for (const [id, copies] of scope.inside) {
      const shared = scope.graph.nodes[id]?.shared === true;
      for (const [at, copy] of copies.entries()) {
        const owner = this.ownerOf(scope, id, at) ?? (shared && at > 0 ? (copies[0] ?? null) : null);
        copy.owner = owner === copy ? null : owner;
        this.tie(copy);
      }
    }
  }

  /** Makes the nodes, each scope's own before those of the instances within. */
  private make(scope: OpenScope): void {
    const settings = JSON.stringify([scope.environment, scope.frozen]);
    for (const [id, flat] of scope.ids) {
      const node = scope.graph.nodes[id];
      if (node) this.nodes[flat] = scope.block === null ? node : this.node(scope, id, node, flat, settings);
    }
    for (const copies of scope.inside.values()) for (const copy of copies) this.make(copy);
  }

  /** The scope that an instance's copy is tied to: by its own tie, or by that of an instance around it. */
  private ownerOf(scope: OpenScope, id: NodeId, copy: number): OpenScope | null {
    const tied = scope.graph.nodes[id]?.tiedTo;
    if (tied !== undefined) {
      const owners = scope.inside.get(tied);
      return owners?.[Math.min(copy, owners.length - 1)] ?? null;
    }
    const around = scope.owner?.inside.get(id);
    return around?.[Math.min(copy, around.length - 1)] ?? null;
  }

  private node(scope: OpenScope, id: NodeId, node: NetworkNode, flat: NodeId, settings: string): NetworkNode {
    const key = settings + scope.title;
    const tiedTo = this.tieOf(scope, id, node);
    const known = this.before.nodes.get(flat);
    if (known?.from === node && known.key === key && known.to.tiedTo === tiedTo) {
      this.memory.nodes.set(flat, known);
      return known.to;
    }
    const to: NetworkNode = {
      ...this.plain(scope, node, settings),
      name: scope.title + (node.name ?? id),
      ...(tiedTo !== undefined && { tiedTo }),
    };
    const made = known && JSON.stringify(known.to) === JSON.stringify(to) ? known.to : to;
    this.memory.nodes.set(flat, { from: node, key, to: made });
    return made;
  }

  /** What a node is in all copies with the same parameters. */
  private plain(scope: OpenScope, node: NetworkNode, settings: string): Plain {
    let alike = this.alike.get(node);
    if (!alike) {
      alike = new Map();
      this.alike.set(node, alike);
    }
    let plain = alike.get(settings);
    if (!plain) {
      const { at: _at, tiedTo: _tie, name: _name, params, repeat, along, ...rest } = node;
      plain = {
        ...rest,
        ...(params && { params: substitute(params, scope.environment) as Record<string, Json> }),
        ...(repeat !== undefined && { repeat: substitute(repeat, scope.environment) as number | string }),
        ...(along && { along: substitute(along, scope.environment) as Record<string, Json[]> }),
        ...(scope.frozen && { trainable: false }),
      };
      alike.set(settings, plain);
    }
    return plain;
  }

  /** The layer whose weights a node within a block uses, followed to the one that owns them. */
  private tieOf(scope: OpenScope, id: NodeId, node: NetworkNode): NodeId | undefined {
    let [at, name]: [OpenScope, NodeId] = [scope, node.tiedTo ?? id];
    const seen = new Set<Scope>([scope]);
    for (let owner = at.owner; owner?.ids.has(name) && !seen.has(owner); owner = at.owner) {
      at = owner;
      seen.add(owner);
      name = at.graph.nodes[name]?.tiedTo ?? name;
    }
    if (at === scope && name === id) return undefined;
    return at.ids.get(name) ?? `${scope.prefix}${name}`;
  }

  /** All wires between layers, scope by scope, each node's in the order in which they are drawn. */
  private wire(scope: OpenScope): Edge[] {
    const edges: Edge[] = [];
    for (const edge of scope.graph.edges) {
      const target = scope.ids.get(edge.to[0]);
      if (target === undefined) continue;
      const direct = scope.block === null && scope.ids.has(edge.from[0]);
      if (direct) edges.push(edge);
      else for (const from of this.sources(scope, edge.from)) edges.push(this.edge(from, [target, edge.to[1]]));
    }
    for (const copies of scope.inside.values()) for (const copy of copies) edges.push(...this.wire(copy));
    return edges;
  }

  private edge(from: Endpoint, to: Endpoint): Edge {
    const before = this.before.edges.get(to[0]);
    const same = before?.find((edge) => sameEnd(edge.from, from) && sameEnd(edge.to, to));
    const edge = same ?? { from, to };
    const others = this.memory.edges.get(to[0]);
    if (others) others.push(edge);
    else this.memory.edges.set(to[0], [edge]);
    return edge;
  }

  private sources(scope: OpenScope, endpoint: Endpoint): readonly Endpoint[] {
    const [node, port] = endpoint;
    const plain = scope.ids.get(node);
    if (plain !== undefined) return [[plain, port]];
    let here = this.found.get(scope);
    if (!here) {
      here = new Map();
      this.found.set(scope, here);
    }
    const key = JSON.stringify(endpoint);
    const known = here.get(key);
    if (known) return known;
    // Blocks that pass their input straight through can be wired in a circle; nothing comes from there.
    here.set(key, []);
    const sources = this.lookFor(scope, endpoint);
    here.set(key, sources);
    return sources;
  }

  private lookFor(scope: OpenScope, [node, port]: Endpoint): readonly Endpoint[] {
    const copies = scope.inside.get(node);
    const last = copies?.at(-1);
    if (last) return this.into(last, port, 'in');
    if (scope.graph.nodes[node]?.type !== BLOCK_INPUT || !scope.parent || scope.instance === null) return [];
    const previous = scope.copy > 0 ? scope.parent.inside.get(scope.instance)?.[scope.copy - 1] : undefined;
    const ports = this.portsOf(scope);
    const [chained] = ports.outputs;
    if (previous && ports.inputs[0] === node && chained !== undefined) return this.into(previous, chained, 'in');
    return this.into(scope.parent, scope.instance, node);
  }

  private portsOf({ block }: OpenScope): { inputs: readonly NodeId[]; outputs: readonly NodeId[] } {
    const definition = block === null ? undefined : this.document.blocks?.[block];
    return definition ? portsOfBlock(definition) : { inputs: [], outputs: [] };
  }

  /** What reaches an input port of a node of a scope. */
  private into(scope: OpenScope, node: NodeId, port: string): readonly Endpoint[] {
    const wires = (scope.incoming.get(node) ?? NO_EDGES).filter(({ to }) => to[1] === port);
    return wires.flatMap(({ from }) => this.sources(scope, from));
  }

  private sameAsBefore(edges: readonly Edge[]): boolean {
    const { graph } = this.before;
    const ids = Object.keys(this.nodes);
    const before = Object.keys(graph.nodes);
    return (
      edges.length === graph.edges.length &&
      edges.every((edge, at) => edge === graph.edges[at]) &&
      ids.length === before.length &&
      ids.every((id, at) => id === before[at] && this.nodes[id] === graph.nodes[id])
    );
  }

  /** An instance among the nodes of a phase stands for all that it holds. */
  private phase(root: OpenScope, phase: Phase): Phase {
    const opened = (list: 'all' | NodeId[]): 'all' | NodeId[] =>
      list === 'all' ? list : list.flatMap((id) => (root.inside.get(id) ?? []).flatMap(within).concat(plainOf(id)));
    const plainOf = (id: NodeId): NodeId[] => (root.inside.has(id) ? [] : [id]);
    return { ...phase, minimise: opened(phase.minimise), train: opened(phase.train) };
  }
}

const sameEnd = (a: Endpoint, b: Endpoint): boolean => a[0] === b[0] && a[1] === b[1];

/** The opened-out ids of all that a scope holds, at any depth. */
export const within = (scope: Scope): NodeId[] => [
  ...scope.ids.values(),
  ...[...scope.inside.values()].flatMap((copies) => copies.flatMap(within)),
];

/** How many copies of an instance stand in a chain; one where that is no whole number. */
export function copiesOf({ repeat = 1 }: NetworkNode, environment: Environment): number {
  const count = substitute(repeat, environment);
  return typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MOST_COPIES ? count : 1;
}

export const MOST_COPIES = 1000;

/** The parameters' values in one copy of an instance: the block's defaults, the instance's own, what varies along. */
function environmentOf(
  defaults: Environment = {},
  { params = {}, along = {} }: NetworkNode,
  around: Environment,
  copy: number,
): Environment {
  const environment: Record<string, Json> = { ...defaults };
  for (const [name, value] of Object.entries(params)) {
    if (Object.hasOwn(environment, name)) environment[name] = substitute(value, around);
  }
  for (const [name, values] of Object.entries(along)) {
    const value = values[Math.min(copy, values.length - 1)];
    if (Object.hasOwn(environment, name) && value !== undefined) environment[name] = substitute(value, around);
  }
  return environment;
}

/** The scope that a path leads to; null where there is none any more. */
export function scopeAt(root: Scope, path: Path): Scope | null {
  let scope: Scope | null = root;
  for (const { instance, copy } of path) scope = scope?.inside.get(instance)?.[copy] ?? null;
  return scope;
}
