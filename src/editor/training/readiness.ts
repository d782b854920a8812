/** Whether a network can be trained, and what can be done with a trained one. */
import { datasetInfo, type FieldSpec } from '@/datasets';
import { flatten, type NetworkDocument } from '@/document';
import type { Inference } from '@/inference';
import { layerOf, resolveParams } from '@/layers';

/** Why Train does nothing, and where that is mended. */
export interface Obstacle {
  text: string;
  leadsTo?: 'problems' | 'data';
}

export function obstacleTo(document: NetworkDocument, inference: Inference): Obstacle | null {
  const nodes = Object.values(inference.opened.document.graph.nodes);
  if (nodes.length === 0) return { text: 'The network is empty.' };
  const errors = inference.problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) return { text: errors === 1 ? '1 problem' : `${errors} problems`, leadsTo: 'problems' };
  const { dataset } = document.training;
  if (dataset === undefined || !datasetInfo(dataset)) return { text: 'No data set chosen.', leadsTo: 'data' };
  if (!nodes.some(({ type }) => layerOf(type)?.role === 'input')) return { text: 'There is no Input layer.' };
  if (!nodes.some(({ type }) => layerOf(type)?.role === 'loss'))
    return { text: 'There is no loss: add one at the end, Cross-entropy for classes.' };
  return null;
}

/** What a person may draw for a network. */
export interface Drawable {
  width: number;
  height: number;
  classes: readonly string[];
}

/** A network with one grey picture as its input and a class as its target can be shown a drawing. */
export function drawableFor(document: NetworkDocument): Drawable | null {
  const fields = datasetInfo(document.training.dataset ?? '')?.fields;
  const fieldsOf = (role: 'input' | 'loss', param: string): FieldSpec[] =>
    Object.values(flatten(document).document.graph.nodes).flatMap((node) => {
      const layer = layerOf(node.type);
      if (layer?.role !== role) return [];
      const name = resolveParams(layer, node.params).params[param];
      return typeof name === 'string' && fields?.[name] ? [fields[name]] : [];
    });
  const inputs = fieldsOf('input', 'field');
  const [input] = inputs;
  const target = fieldsOf('loss', 'target').find(({ kind }) => kind === 'class');
  const [height, width, channels] = input?.shape ?? [];
  if (inputs.length !== 1 || input?.kind !== 'image' || channels !== 1 || !height || !width) return null;
  return target?.classes ? { width, height, classes: target.classes } : null;
}
