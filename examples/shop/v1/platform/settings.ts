import { readFileSync } from 'node:fs';
import * as z from 'zod';

/**
 * Reads the `settings` of the environment's values. Keys that this release does not know are left alone: a newer
 * release may have brought them, and this one must still run after a rollback.
 * @throws when the file cannot be read, is not JSON, or a setting is missing or wrong.
 */
export function readSettings<Shape extends z.ZodRawShape>(file: string, shape: Shape): z.output<z.ZodObject<Shape>> {
  const values: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const result = z.object({ settings: z.object(shape) }).safeParse(values);
  if (result.success) return result.data.settings;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration in ${file} cannot be used. ${problems.join('; ')}.`);
}
