import type { z } from 'zod';
import { sentenceOf } from '../wording/schema-sentence.ts';
import { EvidenceError } from './evidence-error.ts';

/**
 * What is expected in a JSON document and what of it is kept. Everything that is not named is skipped without being
 * built, so that a document of any length takes no more memory than what is kept of it.
 */
export type JsonShape = ScalarShape | ObjectShape | ArrayShape;

/** A text, number, boolean or null. */
export interface ScalarShape {
  readonly kind: 'scalar';
}

export interface ObjectShape {
  readonly kind: 'object';
  readonly fields: Readonly<Record<string, JsonShape>>;
}

export interface ArrayShape {
  readonly kind: 'array';
  readonly items: JsonShape;
  /** Gets each item as soon as it is whole; it is then forgotten, and the array is kept empty. */
  readonly each: ((item: unknown, place: string) => void) | undefined;
}

export const scalar: ScalarShape = { kind: 'scalar' };

/** null is taken for absent, which is what Go programs write for an empty list. */
export function object(fields: Readonly<Record<string, JsonShape>>): ObjectShape {
  return { kind: 'object', fields };
}

export function array(items: JsonShape, each?: (item: unknown, place: string) => void): ArrayShape {
  return { kind: 'array', items, each };
}

/** What was read, as its schema types it. @throws EvidenceError naming the place */
export function parseAt<Value>(schema: z.ZodType<Value>, value: unknown, place: string): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const below = issue === undefined ? '' : pathText(issue.path);
  throw new EvidenceError(issue === undefined ? 'has an unknown form' : sentenceOf(issue.message), `${place}${below}`);
}

/** `.name`, `[0]`, `["p(95)"]`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => {
      if (typeof key === 'number') return `[${String(key)}]`;
      const text = String(key);
      return /^[\w$-]{1,100}$/.test(text) ? `.${text}` : `[${JSON.stringify(text.slice(0, 100))}]`;
    })
    .join('');
}
