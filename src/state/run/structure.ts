/** What of a document decides how its weights look and what training does with them. */
import { flatten, type Graph, type NetworkDocument } from '@/document';
import { layerOf } from '@/layers';

const structures = new WeakMap<Graph, string>();

/**
 * The graph as text, without names, notes and places. Hyperparameters at their defaults are left out, so that
 * saving and reading a document does not change it.
 */
function structureOf(graph: Graph): string {
  const known = structures.get(graph);
  if (known !== undefined) return known;
  const nodes = Object.entries(graph.nodes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { type, params = {}, tiedTo }]) => {
      const specs = layerOf(type)?.params ?? {};
      const chosen = Object.entries(params)
        .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(specs[key]?.default))
        .sort(([a], [b]) => (a < b ? -1 : 1));
      return [id, type, chosen, tiedTo ?? null];
    });
  const structure = JSON.stringify([nodes, graph.edges.map(({ from, to }) => [from, to])]);
  structures.set(graph, structure);
  return structure;
}

const frozenOf = (graph: Graph): string[] =>
  Object.entries(graph.nodes)
    .filter(([, node]) => node.trainable === false)
    .map(([id]) => id)
    .sort();

/**
 * How a document differs from the one a run was started with, as far as training goes: in the network itself,
 * only in the settings, or not at all.
 */
export function changeSince(started: NetworkDocument, now: NetworkDocument): 'network' | 'settings' | null {
  if (started === now) return null;
  const [before, after] = [flatten(started).document.graph, flatten(now).document.graph];
  const sameNetwork =
    structureOf(before) === structureOf(after) &&
    started.training.dataset === now.training.dataset &&
    String(frozenOf(before)) === String(frozenOf(after));
  if (!sameNetwork) return 'network';
  return JSON.stringify(started.training) === JSON.stringify(now.training) ? null : 'settings';
}
