/** The published JSON Schema of the document, generated from its one declaration. */
import { z } from 'zod';
import { DOCUMENT_VERSION, documentSchema } from '@/document';

export const SCHEMA_PATH = 'public/schema/document.schema.json';

/** The schema's text. It describes what may be written: whatever has a default may be left out. */
export function schemaText(): string {
  const schema = z.toJSONSchema(documentSchema, { io: 'input' });
  const titled = {
    $schema: schema.$schema,
    title: 'Tensorloom network',
    description: `A neural network as Tensorloom saves it, version ${DOCUMENT_VERSION}.`,
    ...schema,
  };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
