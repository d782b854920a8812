/** What a card says: to the eye and to a screen reader. */
import type { NetworkNode, NodeId } from '@/document';
import { fullNumber } from '@/editor/inspector/numbers';
import type { NodeInference, Problem } from '@/inference';
import { formatShape, layerOf, nameOf } from '@/layers';

export const titleOf = (type: string): string => layerOf(type)?.title ?? type;

/** The output's shape where there is one worth reading: a loss has only its scalar. */
export function shapeText(type: string, inference: NodeInference | undefined): string {
  if (!inference?.output || layerOf(type)?.role === 'loss') return '';
  return formatShape(inference.output.shape);
}

/** The problem that matters most: an error before a warning. */
export const worstProblem = (inference: NodeInference | undefined): Problem | undefined =>
  inference?.problems.find(({ severity }) => severity === 'error') ?? inference?.problems[0];

/** “Conv2D conv1, output 28×28×6, 156 parameters”. */
export function spokenLabel(id: NodeId, node: NetworkNode, inference: NodeInference | undefined): string {
  const shape = shapeText(node.type, inference);
  const problem = worstProblem(inference);
  return [
    `${titleOf(node.type)} ${nameOf(id, node)}`,
    ...(shape === '' ? [] : [`output ${shape}`]),
    ...(inference && inference.parameters !== 0 ? [`${fullNumber(inference.parameters)} parameters`] : []),
    ...(problem ? [`${problem.severity}: ${problem.message}`] : []),
  ].join(', ');
}
