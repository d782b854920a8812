/** What a card says: to the eye and to a screen reader. */
import type { NetworkDocument, NetworkNode, NodeId } from '@/document';
import { fullNumber } from '@/editor/inspector/numbers';
import type { NodeInference, Problem } from '@/inference';
import { formatShape, type LayerDeclaration, layerIn, layerOf, nameOf } from '@/layers';

export const titleOf = (document: NetworkDocument, type: string): string => layerIn(document, type)?.title ?? type;

/** The output's shape where there is one worth reading: a loss has only its scalar. */
export function shapeText(type: string, inference: NodeInference | undefined): string {
  if (!inference?.output || layerOf(type)?.role === 'loss') return '';
  return formatShape(inference.output.shape);
}

/** The shape of what comes out of a port. */
export const portShapeText = (inference: NodeInference | undefined, port: string): string => {
  const shape = inference?.outputs[port]?.shape;
  return shape ? formatShape(shape) : '';
};

/** The values that matter; of a repeated block those that vary along its copies: “stride 2, 1…”. */
export function digestOf(
  { along }: NetworkNode,
  layer: LayerDeclaration | undefined,
  inference: NodeInference | undefined,
): string {
  if (!layer || !inference?.params) return '';
  if (layer.role !== 'block' || !along) return layer.digest(inference.params).join(' · ');
  const varying = Object.entries(along).filter(([name]) => Object.hasOwn(layer.params, name));
  const rest = Object.entries(inference.params).filter(([name]) => !Object.hasOwn(along, name));
  return [
    ...varying.map(([name, values]) => `${name} ${values.map(String).join(', ')}…`),
    ...layer.digest(Object.fromEntries(rest)),
  ].join(' · ');
}

/** The problem that matters most: an error before a warning. */
export const worstProblem = (inference: NodeInference | undefined): Problem | undefined =>
  inference?.problems.find(({ severity }) => severity === 'error') ?? inference?.problems[0];

/** “Conv2D conv1, output 28×28×6, 156 parameters”; “Bottleneck ×3 units, …” of a repeated block. */
export function spokenLabel(
  document: NetworkDocument,
  id: NodeId,
  node: NetworkNode,
  inference: NodeInference | undefined,
  copies = 1,
): string {
  const shape = shapeText(node.type, inference);
  const problem = worstProblem(inference);
  return [
    `${titleOf(document, node.type)}${copies > 1 ? ` ×${copies}` : ''} ${nameOf(id, node)}`,
    ...(shape === '' ? [] : [`output ${shape}`]),
    ...(inference && inference.parameters !== 0 ? [`${fullNumber(inference.parameters)} parameters`] : []),
    ...(problem ? [`${problem.severity}: ${problem.message}`] : []),
  ].join(', ');
}
