/** The open network: its document, what inference says of it, and its history. */
import { create } from 'zustand';
import { datasetInfo } from '@/datasets';
import type { NetworkDocument, NetworkNode, NodeId } from '@/document';
import { galleryEntry } from '@/gallery';
import { createInferencer, type FieldsOf, type Inference, type NodeInference } from '@/inference';
import { back, emptyHistory, forward, type History, record } from './history';
import { useSelection } from './selection';

interface Snapshot {
  document: NetworkDocument;
  selected: ReadonlySet<NodeId>;
}

interface NetworkStore {
  document: NetworkDocument;
  inference: Inference;
  /** Under which the network is kept in the browser. */
  id: string;
  history: History<Snapshot>;
  /** What undoing or redoing would take back or do again; null where there is nothing. */
  undoLabel: string | null;
  redoLabel: string | null;
  /**
   * Changes the document; an edit that changes nothing leaves no trace.
   * @param coalesce edits in a row under the same key are one step to undo
   */
  edit(label: string, change: (document: NetworkDocument) => NetworkDocument, options?: { coalesce?: string }): void;
  undo(): void;
  redo(): void;
  /** Opens another network, with a history of its own. */
  open(document: NetworkDocument, id?: string): void;
}

export const fieldsOf = (document: NetworkDocument): FieldsOf =>
  document.training.dataset === undefined ? undefined : datasetInfo(document.training.dataset)?.fields;

let inferencer = createInferencer();

const look = (document: NetworkDocument): Inference => inferencer.update(document, fieldsOf(document));

const labels = (history: History<Snapshot>): Pick<NetworkStore, 'undoLabel' | 'redoLabel'> => ({
  undoLabel: history.past.at(-1)?.label ?? null,
  redoLabel: history.future.at(-1)?.label ?? null,
});

/** Keeps the selection on nodes that exist. */
function select(ids: Iterable<NodeId>, { graph }: NetworkDocument): void {
  useSelection.getState().select([...ids].filter((id) => Object.hasOwn(graph.nodes, id)));
}

const first = galleryEntry('lenet-5')?.document;
if (!first) throw new Error('the gallery has lost its first network');

export const useNetwork = create<NetworkStore>((set, get) => {
  const travel = (step: typeof back<Snapshot>): void => {
    const { document, history } = get();
    const travelled = step(history, { document, selected: useSelection.getState().nodes });
    if (!travelled) return;
    const { state } = travelled;
    set({
      document: state.document,
      inference: look(state.document),
      history: travelled.history,
      ...labels(travelled.history),
    });
    select(state.selected, state.document);
  };

  return {
    document: first,
    inference: look(first),
    id: crypto.randomUUID(),
    history: emptyHistory(),
    undoLabel: null,
    redoLabel: null,

    edit(label, change, { coalesce } = {}) {
      const before = get().document;
      const document = change(before);
      if (document === before) return;
      const snapshot = { document: before, selected: useSelection.getState().nodes };
      const history = record(get().history, snapshot, label, coalesce, Date.now());
      set({ document, inference: look(document), history, ...labels(history) });
      if (before.graph.nodes !== document.graph.nodes) {
        const { nodes } = useSelection.getState();
        if ([...nodes].some((id) => !Object.hasOwn(document.graph.nodes, id))) select(nodes, document);
      }
    },

    undo: () => travel(back),
    redo: () => travel(forward),

    open(document, id = crypto.randomUUID()) {
      inferencer = createInferencer();
      useSelection.getState().clear();
      set({ document, id, inference: look(document), history: emptyHistory(), undoLabel: null, redoLabel: null });
    },
  };
});

export const useDocumentNode = (id: NodeId): NetworkNode | undefined =>
  useNetwork((state) => state.document.graph.nodes[id]);

export const useNodeInference = (id: NodeId): NodeInference | undefined =>
  useNetwork((state) => state.inference.nodes.get(id));
