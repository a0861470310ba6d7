import { writeFile } from 'node:fs/promises';
import { rulesJsonSchema } from '../engine/rules/json-schema.ts';
import { scenarioJsonSchema } from '../engine/simulation/scenario-json-schema.ts';

await writeFile(new URL('../engine/rules/promotion-rules.schema.json', import.meta.url), rulesJsonSchema());
await writeFile(new URL('../engine/simulation/scenarios.schema.json', import.meta.url), scenarioJsonSchema());
