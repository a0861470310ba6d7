import { readFile } from 'node:fs/promises';
import { rulesJsonSchema } from '../../../engine/rules/json-schema.ts';

describe('the JSON Schema that editors read', () => {
  it('is what the schema generates; `npm run build:schema` writes it anew', async () => {
    const file = new URL('../../../engine/rules/promotion-rules.schema.json', import.meta.url);
    expect(await readFile(file, 'utf8')).toBe(rulesJsonSchema());
  });

  it('lets people leave out what has a default, or stands in another file', () => {
    const schema = JSON.parse(rulesJsonSchema()) as { readonly required: readonly string[] };
    expect(schema.required).toEqual(['version']);
  });
});
