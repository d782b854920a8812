/**
 * The open network: the whole document, the place in it that is looked at, what inference says of it, and its
 * history. Everything that is edited by hand is edited in the graph at that place.
 */
import { create } from 'zustand';
import { datasetInfo } from '@/datasets';
import {
  blockAt,
  focus,
  type NetworkDocument,
  type NetworkNode,
  type NodeId,
  type Path,
  type Unfolded,
  unfocus,
  unfold,
} from '@/document';
import { lenet5 } from '@/gallery/convolutional/lenet5';
import { createInferencer, type FieldsOf, type Inference, type NodeInference, openedOut } from '@/inference';
import { type LayerDeclaration, layerIn } from '@/layers';
import { back, emptyHistory, forward, type History, record } from './history';
import { useSelection } from './selection';

interface Snapshot {
  whole: NetworkDocument;
  /** Where the change was made. */
  path: Path;
  selected: ReadonlySet<NodeId>;
}

/** How an edit is kept in the history. */
interface EditOptions {
  /** Edits in a row under the same key are one step to undo. */
  coalesce?: string;
}

type Edit = (document: NetworkDocument) => NetworkDocument;

/** What is looked at, all of it derived from the whole and the path. */
interface Sight {
  whole: NetworkDocument;
  /** The way into the instance that is looked at; empty for the network itself. */
  path: Path;
  /** The block whose graph is looked at; null for the network itself. */
  block: string | null;
  /** The document as seen from there: its `graph` is the block's. */
  document: NetworkDocument;
  /** Told from there. */
  inference: Inference;
  /** Whether the network is shown with blocks opened out, all or some: to look at, not to edit. */
  expanded: boolean;
  /** What is shown where only some are opened out, and which; null elsewhere. */
  unfolded: (Unfolded & { keys: ReadonlySet<string> }) | null;
}

interface NetworkStore extends Sight {
  /** Under which the network is kept in the browser. */
  id: string;
  history: History<Snapshot>;
  /** What undoing or redoing would take back or do again; null where there is nothing. */
  undoLabel: string | null;
  redoLabel: string | null;
  /** How many edits the opened-out network has refused: those who show it say so. */
  refused: number;
  /** Changes the document as it is looked at; an edit that changes nothing leaves no trace. */
  edit(label: string, change: Edit, options?: EditOptions): void;
  /** Changes the whole, wherever one looks: its name, its training, its blocks. */
  editWhole(label: string, change: Edit, options?: EditOptions): void;
  /** Looks elsewhere, with nothing selected but these; a way that does not exist leads as far as it goes. */
  go(path: Path, selected?: Iterable<NodeId>): void;
  /** Shows all layers, blocks opened out, each where it is laid. */
  expand(lay: Edit): void;
  /** Shows the network with these instances opened out; with none, as it is. Keys as `unfoldKey` has them. */
  unfold(keys: ReadonlySet<string>, lay: (unfolded: Unfolded) => NetworkDocument): void;
  undo(): void;
  redo(): void;
  /** Opens another network, with a history of its own. */
  open(document: NetworkDocument, id?: string): void;
}

export const fieldsOf = (document: NetworkDocument): FieldsOf =>
  document.training.dataset === undefined ? undefined : datasetInfo(document.training.dataset)?.fields;

let inferencer = createInferencer();

/** What is seen of a network from a place; from the nearest one that still exists. */
function look(whole: NetworkDocument, path: Path, before?: Sight): Sight {
  const fields = fieldsOf(whole);
  let inference = inferencer.update(whole, fields);
  for (let way = path; way.length > 0; way = way.slice(0, -1)) {
    const last = way.at(-1);
    // Where that copy is gone, the first one shows the same layers.
    const ways = last ? [way, [...way.slice(0, -1), { ...last, copy: 0 }]] : [];
    const found = ways.map((each) => inference.at(each)).find((each) => each.path.length === way.length);
    if (!found) continue;
    inference = found;
    break;
  }
  const block =
    blockAt(
      whole,
      inference.path.map(({ instance }) => instance),
    ) ?? null;
  const kept = before?.whole === whole && before.block === block;
  const samePath = JSON.stringify(before?.path) === JSON.stringify(inference.path);
  return {
    whole,
    path: before && samePath ? before.path : inference.path,
    block,
    document: kept && !before.expanded ? before.document : focus(whole, block),
    inference,
    expanded: false,
    unfolded: null,
  };
}

/** Whether two documents show the same but for where the cards lie. */
function onlyMoved(before: NetworkDocument, after: NetworkDocument): boolean {
  const [one, two] = [before.graph.nodes, after.graph.nodes];
  const ids = Object.keys(two);
  const same = (id: NodeId): boolean => {
    const [{ at: _from, ...a }, { at: _to, ...b }] = [one[id] ?? { type: '' }, two[id] ?? { type: '' }];
    return JSON.stringify(a) === JSON.stringify(b);
  };
  return (
    before.graph.edges === after.graph.edges &&
    ids.length === Object.keys(one).length &&
    ids.every((id) => one[id] === two[id] || same(id))
  );
}

const labels = (history: History<Snapshot>): Pick<NetworkStore, 'undoLabel' | 'redoLabel'> => ({
  undoLabel: history.past.at(-1)?.label ?? null,
  redoLabel: history.future.at(-1)?.label ?? null,
});

/** Keeps the selection on nodes that exist. */
function select(ids: Iterable<NodeId>, { graph }: NetworkDocument): void {
  useSelection.getState().select([...ids].filter((id) => Object.hasOwn(graph.nodes, id)));
}

export const useNetwork = create<NetworkStore>((set, get) => {
  const travel = (step: typeof back<Snapshot>, way: 'past' | 'future'): void => {
    const { whole, history } = get();
    // Whichever way one goes through the history, one sees the place where the change was.
    const path = history[way].at(-1)?.state.path ?? [];
    const travelled = step(history, { whole, path, selected: useSelection.getState().nodes });
    if (!travelled) return;
    const { state } = travelled;
    const sight = look(state.whole, state.path, get());
    set({ ...sight, history: travelled.history, ...labels(travelled.history) });
    select(state.selected, sight.document);
  };

  const change = (label: string, whole: NetworkDocument, { coalesce }: EditOptions = {}): void => {
    const before = get();
    if (whole === before.whole) return;
    const snapshot = { whole: before.whole, path: before.path, selected: useSelection.getState().nodes };
    const history = record(before.history, snapshot, label, coalesce, Date.now());
    const sight = look(whole, before.path, before);
    set({ ...sight, history, ...labels(history) });
    if (before.document.graph.nodes !== sight.document.graph.nodes) {
      const { nodes } = useSelection.getState();
      if (sight.block !== before.block || [...nodes].some((id) => !Object.hasOwn(sight.document.graph.nodes, id)))
        select(sight.block === before.block ? nodes : [], sight.document);
    }
  };

  return {
    ...look(lenet5, []),
    id: crypto.randomUUID(),
    history: emptyHistory(),
    undoLabel: null,
    redoLabel: null,
    refused: 0,

    edit(label, apply, options) {
      const { whole, block, document, expanded } = get();
      const edited = apply(document);
      if (edited === document) return;
      if (!expanded) change(label, unfocus(whole, block, edited), options);
      // What is made of definitions is edited there; only the cards can be moved.
      else if (onlyMoved(document, edited)) set({ document: edited });
      else set(({ refused }) => ({ refused: refused + 1 }));
    },

    editWhole: (label, apply, options) => change(label, apply(get().whole), options),

    go(path, selected = []) {
      const before = get();
      const sight = look(before.whole, path, before);
      useSelection.getState().clear();
      set(sight);
      select(selected, sight.document);
    },

    expand(lay) {
      const sight = look(get().whole, []);
      const inference = openedOut(sight.inference);
      useSelection.getState().clear();
      set({ ...sight, inference, document: lay(inference.opened.document), expanded: true });
    },

    unfold(keys, lay) {
      if (keys.size === 0) return get().go([]);
      const { whole } = get();
      const unfolded = unfold(whole, keys);
      const inference = createInferencer().update(unfolded.document, fieldsOf(whole));
      useSelection.getState().clear();
      set({
        ...look(whole, []),
        inference,
        document: lay(unfolded),
        expanded: true,
        unfolded: { ...unfolded, keys },
      });
    },

    undo: () => travel(back, 'past'),
    redo: () => travel(forward, 'future'),

    open(document, id = crypto.randomUUID()) {
      inferencer = createInferencer();
      useSelection.getState().clear();
      set({ ...look(document, []), id, history: emptyHistory(), undoLabel: null, redoLabel: null });
    },
  };
});

export const useDocumentNode = (id: NodeId): NetworkNode | undefined =>
  useNetwork((state) => state.document.graph.nodes[id]);

/**
 * What is known of a node.
 * @param type of the node that asks. The canvas draws a node a moment longer than the network has it; what is then
 * known of another by the same name is not its own.
 */
export const useNodeInference = (id: NodeId, type?: string): NodeInference | undefined =>
  useNetwork(({ document, inference }) =>
    type === undefined || document.graph.nodes[id]?.type === type ? inference.nodes.get(id) : undefined,
  );

/** The declaration behind a node type: a layer's, or that of one of the network's blocks. */
export const useLayer = (type: string): LayerDeclaration | undefined =>
  useNetwork((state) => layerIn(state.document, type));

/** The same, asked once. */
export const layerNow = (type: string): LayerDeclaration | undefined => layerIn(useNetwork.getState().document, type);
