/** The character that stands for what no text can hold. */
const replacement = '\u{FFFD}';

/**
 * The same value with everything in it such as the store and the audit trail can keep: texts without NUL and without
 * half a surrogate pair, no key without a value, null for a number that is none. What a step, a service or a person
 * says must not stop a promotion by its bytes.
 */
export function storable<T>(value: T): T {
  return storableValue(value) as T;
}

function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', replacement);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map((each) => storableValue(each) ?? null);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([key, each]) => [storableValue(key), storableValue(each)]));
}
