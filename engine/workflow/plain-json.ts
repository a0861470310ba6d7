import type { Json, JsonObject } from '../json.ts';

/** A value as it is when it has been stored: settings left out are not there at all. */
export function plainJson<Value extends object>(
  value: Value,
): Value extends readonly unknown[] ? readonly Json[] : JsonObject {
  return JSON.parse(JSON.stringify(value)) as Value extends readonly unknown[] ? readonly Json[] : JsonObject;
}
