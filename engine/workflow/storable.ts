/** The character that stands for what no text can hold. */
const replacement = '\u{FFFD}';

/**
 * The same value with every text in it such as the store can keep: without NUL and without half a surrogate pair, which
 * Postgres refuses. What a service or a person says must not stop a promotion by its bytes.
 */
export function storable<T>(value: T): T {
  return storableValue(value) as T;
}

function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', replacement);
  if (Array.isArray(value)) return value.map(storableValue);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [storableValue(key), storableValue(each)]));
}
