/** Whether a network can be trained, and what can be done with a trained one. */
import { datasetInfo, type FieldSpec, type Fields, type TextTask, textTask, type Vocabulary } from '@/datasets';
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

/** The names of the fields that inputs read, or losses compare with. */
function fieldsOf(document: NetworkDocument, fields: Fields, role: 'input' | 'loss'): string[] {
  const param = role === 'input' ? 'field' : 'target';
  return Object.values(flatten(document).document.graph.nodes).flatMap((node) => {
    const layer = layerOf(node.type);
    if (layer?.role !== role) return [];
    const name = resolveParams(layer, node.params).params[param];
    return typeof name === 'string' && fields[name] ? [name] : [];
  });
}

/** What a person may type for a network. */
export interface Readable {
  dataset: string;
  task: TextTask;
  unit: Vocabulary['unit'];
  /** How many words or characters the network reads. */
  steps: number;
  /** The names of the classes, and at how many steps there is one. */
  classes: readonly string[];
  answerSteps: number;
}

/** A network that reads one text, and beside it at most what has been written upon it, can be given one's own. */
export function readableFor(document: NetworkDocument): Readable | null {
  const info = datasetInfo(document.training.dataset ?? '');
  if (!info) return null;
  const target = fieldsOf(document, info.fields, 'loss').find((name) => info.fields[name]?.kind === 'class');
  const task = target === undefined ? null : textTask(info.fields, target);
  const { vocabulary, shape: [steps] = [] } = info.fields[task?.text ?? ''] ?? {};
  if (!task || !vocabulary || steps === undefined) return null;
  const read = [...new Set(fieldsOf(document, info.fields, 'input'))].sort().join();
  const needed = [task.text, ...(task.written === undefined ? [] : [task.written])].sort().join();
  if (read !== needed) return null;
  const { classes = [], shape = [] } = info.fields[task.target] ?? {};
  return { dataset: info.id, task, unit: vocabulary.unit, steps, classes, answerSteps: shape[0] ?? 1 };
}

/** A network with one grey picture as its input and a class as its target can be shown a drawing. */
export function drawableFor(document: NetworkDocument): Drawable | null {
  const { fields = {} } = datasetInfo(document.training.dataset ?? '') ?? {};
  const specsOf = (role: 'input' | 'loss'): FieldSpec[] =>
    fieldsOf(document, fields, role).flatMap((name) => fields[name] ?? []);
  const inputs = specsOf('input');
  const [input] = inputs;
  const target = specsOf('loss').find(({ kind }) => kind === 'class');
  const [height, width, channels] = input?.shape ?? [];
  if (inputs.length !== 1 || input?.kind !== 'image' || channels !== 1 || !height || !width) return null;
  return target?.classes ? { width, height, classes: target.classes } : null;
}
