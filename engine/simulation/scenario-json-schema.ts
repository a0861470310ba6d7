import { z } from 'zod';
import { scenarioFileSchema } from './scenario-schema.ts';

/** The JSON Schema of files of scenarios, which editors complete and check with. Ends with a line break. */
export function scenarioJsonSchema(): string {
  const schema = z.toJSONSchema(scenarioFileSchema, { io: 'input', reused: 'ref' });
  return `${JSON.stringify({ title: 'Scenarios that test promotion rules', ...schema }, undefined, 2)}\n`;
}
