import { z } from 'zod';
import type { SettingPath } from './problem.ts';

/** The schema below defaults, optionals and transformations. */
function bare(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return bare(schema.unwrap());
  }
  if (schema instanceof z.ZodPipe) return bare(schema.in);
  return schema;
}

/** The alternatives that a value could be meant as: those whose discriminator it has, else all. */
function alternatives(schema: unknown, value: unknown): readonly unknown[] {
  const inner = bare(schema);
  if (!(inner instanceof z.ZodUnion)) return [inner];
  const options: readonly unknown[] = inner.options.map(bare);
  if (!(inner instanceof z.ZodDiscriminatedUnion)) return options;
  const { discriminator } = inner.def;
  const kind = childOf(value, discriminator);
  const matching = options.filter(
    (option) => option instanceof z.ZodObject && z.safeParse(option.shape[discriminator] as z.ZodType, kind).success,
  );
  return matching.length > 0 ? matching : options;
}

function childOf(value: unknown, segment: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, segment) : undefined;
}

/** The keys that a schema knows at a path of a value; empty where it knows none. */
export function knownKeys(schema: z.ZodType, path: SettingPath, value: unknown): readonly string[] {
  let schemas: readonly unknown[] = alternatives(schema, value);
  let current = value;
  for (const segment of path) {
    current = childOf(current, segment);
    const here = current;
    schemas = schemas.flatMap((candidate) => {
      const child = childSchema(candidate, segment);
      return child === undefined ? [] : alternatives(child, here);
    });
  }
  return [...new Set(schemas.flatMap((found) => (found instanceof z.ZodObject ? Object.keys(found.shape) : [])))];
}

function childSchema(schema: unknown, segment: string | number): unknown {
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, segment) ? schema.shape[segment] : undefined;
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return undefined;
}
