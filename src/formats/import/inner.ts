/** Models within a model: which of them can be blocks, and how many layers there are in all. */
import { type Block, type Endpoint, type Flat, flatten, type Graph, type NodeId, readDocument } from '@/document';
import { layerOf } from '@/layers';
import type { ImportedModel } from './model';

/**
 * The inner models that mean the same as a block. The others are opened out where they are called: those that
 * share a layer with what is around them, read data of their own, or give what a call of them leaves.
 */
export function blocksAmong(root: ImportedModel): ReadonlySet<ImportedModel> {
  const places = new Map<string, Set<ImportedModel>>();
  visit(root, (model) => {
    for (const { sharedAs } of model.layers) {
      if (sharedAs !== null) places.set(sharedAs, (places.get(sharedAs) ?? new Set()).add(model));
    }
  });
  const found = new Set<ImportedModel>();
  visit(root, (model) => {
    for (const { inner, sharedAs, name, calls } of model.layers) {
      if (!inner || sharedAs !== null || !standsAlone(inner, places)) continue;
      const taken = takenOf(model, name);
      const all = calls.every((_, call) => inner.outputs.every((_, tensor) => taken.has(`${call} ${tensor}`)));
      if (inner.outputs.length === 1 || all) found.add(inner);
    }
  });
  return found;
}

function standsAlone(model: ImportedModel, places: ReadonlyMap<string, ReadonlySet<ImportedModel>>): boolean {
  // A broken file may name another call of an input: then that input is data of the model's own.
  const inputs = new Set(
    model.inputs.flatMap(({ reference: { layer, call, tensor } }) => (call === 0 && tensor === 0 ? [layer] : [])),
  );
  const reads = model.layers.some(({ className, name }) => className === 'InputLayer' && !inputs.has(name));
  let alone = !reads && inputs.size === model.inputs.length && model.outputs.length > 0;
  visit(model, ({ layers }) => {
    alone &&= layers.every(({ sharedAs }) => sharedAs === null || (places.get(sharedAs)?.size ?? 0) < 2);
  });
  return alone;
}

/** Which outputs of which calls of a layer go anywhere: `call tensor`. */
function takenOf({ layers, outputs }: ImportedModel, name: string): ReadonlySet<string> {
  const references = [
    ...layers.flatMap(({ calls }) => calls.flatMap(({ tensors }) => tensors)),
    ...outputs.map(({ reference }) => reference),
  ];
  return new Set(references.flatMap(({ layer, call, tensor }) => (layer === name ? [`${call} ${tensor}`] : [])));
}

function visit(model: ImportedModel, look: (model: ImportedModel) => void): void {
  look(model);
  for (const { inner } of model.layers) if (inner) visit(inner, look);
}

/** The calls of layers that a model comes to: models that hold each other have far more than the file is long. */
export const sizeOf = ({ layers }: ImportedModel): number =>
  layers.reduce((size, { calls, inner }) => size + calls.length * (inner ? sizeOf(inner) : 1), 0);

/** Tells of an instance's output whether nothing takes the layer that gives it, within the block or outside. */
export function looseEnds(graph: Graph, blocks: Readonly<Record<string, Block>>): (end: Endpoint) => boolean {
  let flat: Flat | undefined;
  let fed: ReadonlySet<NodeId> | undefined;
  return (end) => {
    flat ??= flatten({
      ...readDocument({ format: 'tensorloom', version: 1, graph: { nodes: {}, edges: [] } }),
      graph,
      blocks,
    });
    const { nodes, edges } = flat.document.graph;
    fed ??= new Set(edges.map(({ from }) => from[0]));
    return flat.sources(flat.root, end).every(([id, port]) => {
      const isInput = layerOf(nodes[id]?.type ?? '')?.role === 'input';
      return port === 'out' && !isInput && !fed?.has(id);
    });
  };
}
