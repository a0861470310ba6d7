import { z } from 'zod';
import { rulesSchema } from './schema.ts';

/** The JSON Schema of `promotion-rules.yaml`, which editors complete and check with. Ends with a line break. */
export function rulesJsonSchema(): string {
  const schema = z.toJSONSchema(rulesSchema, { io: 'input', reused: 'ref' });
  return `${JSON.stringify({ title: 'promotion-rules.yaml', ...schema }, undefined, 2)}\n`;
}
