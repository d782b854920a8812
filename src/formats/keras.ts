/** The topology as Keras 3 saves it: `keras.models.model_from_json(text)` builds the model. */
import { compile, type KerasTensor, toKerasJson } from '@/compiler';
import type { NetworkDocument } from '@/document';
import { type FieldsOf, inferDocument } from '@/inference';
import { toNullable } from '@/layers';

/** @throws CompileError while the network has problems. */
export function kerasJson(document: NetworkDocument, fields: FieldsOf): string {
  const { model } = compile(document, { fields });
  const { nodes } = inferDocument(document, fields);
  const nodeOf = new Map(model.layers.map((layer) => [layer.name, layer.node]));
  const shapeOf = ({ layer }: KerasTensor): (number | null)[] =>
    toNullable(nodes.get(nodeOf.get(layer) ?? '')?.output?.shape ?? []);
  return `${JSON.stringify(toKerasJson(model, shapeOf), null, 2)}\n`;
}
