import { z } from 'zod';
import { rulesSchema } from './schema.ts';

/**
 * The JSON Schema of `promotion-rules.yaml`, which editors complete and check with. What a file leaves out may stand in
 * one that it extends, or in one that extends it, so that nothing but the version is required. Ends with a line break.
 */
export function rulesJsonSchema(): string {
  const schema = z.toJSONSchema(rulesSchema, { io: 'input', reused: 'ref' });
  return `${JSON.stringify({ title: 'promotion-rules.yaml', ...schema, required: ['version'] }, undefined, 2)}\n`;
}
