/** The topology as Keras 3 saves it: `keras.models.model_from_json(text)` builds the model. */
import { compile, toKerasJson } from '@/compiler';
import type { NetworkDocument } from '@/document';
import type { FieldsOf } from '@/inference';

/** @throws CompileError while the network has problems. */
export const kerasJson = (document: NetworkDocument, fields: FieldsOf): string =>
  `${JSON.stringify(toKerasJson(compile(document, { fields, placeholders: true }).model), null, 2)}\n`;
