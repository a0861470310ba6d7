import { writeFile } from 'node:fs/promises';
import { rulesJsonSchema } from '../engine/rules/json-schema.ts';

const file = new URL('../engine/rules/promotion-rules.schema.json', import.meta.url);
await writeFile(file, rulesJsonSchema());
