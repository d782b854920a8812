import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCHEMA_PATH, schemaText } from '../scripts/support/schema';

describe('the published JSON Schema', () => {
  it('is the one the document’s declaration gives; `npm run schema` writes it', () => {
    expect(readFileSync(SCHEMA_PATH, 'utf8')).toBe(schemaText());
  });

  it('asks for nothing that has a default', () => {
    expect(JSON.parse(schemaText())).toMatchObject({
      required: ['format', 'version', 'graph'],
      additionalProperties: false,
    });
  });
});
