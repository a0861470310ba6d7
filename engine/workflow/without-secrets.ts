import { redactSecrets } from './errors/redact-secrets.ts';

/**
 * The same value with everything masked in it that looks like a secret. What people type and steps say is kept for years
 * and handed to auditors; whatever is chained by its hash cannot be masked any more afterwards.
 */
export function withoutSecrets<T>(value: T): T {
  return masked(value) as T;
}

function masked(value: unknown): unknown {
  if (typeof value === 'string') return redactSecrets(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, masked(each)]));
}
