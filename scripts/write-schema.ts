/** Writes the document's JSON Schema to where the app serves it: `npm run schema`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SCHEMA_PATH, schemaText } from './support/schema';

const file = fileURLToPath(new URL(`../${SCHEMA_PATH}`, import.meta.url));
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, schemaText());
console.log(`Wrote ${SCHEMA_PATH}`);
