import canonicalizeModule from 'canonicalize';

// The package declares an ES default export, but ships CommonJS whose whole export is the function.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/**
 * The one text of a JSON value (RFC 8785), so that the same value has the same hash wherever it is computed.
 * @throws TypeError, with the place, on what JSON cannot carry unchanged: undefined, NaN and infinities, functions,
 * objects of a class (dates included), circles, and text with half of a surrogate pair.
 */
export function canonicalJson(value: unknown): string {
  refuseNonJson(value, '$', new Set());
  const text = canonicalize(value);
  if (text === undefined) {
    throw new TypeError('only JSON values have a canonical form');
  }
  return text;
}

function refuseNonJson(value: unknown, place: string, ancestors: Set<object>): void {
  switch (typeof value) {
    case 'boolean':
      return;
    case 'number':
      if (!Number.isFinite(value)) {
        throw new TypeError(`${place} is ${String(value)}, which JSON cannot carry`);
      }
      return;
    case 'string':
      if (!value.isWellFormed()) {
        throw new TypeError(`${place} holds half of a surrogate pair, which has no canonical form`);
      }
      return;
    case 'object':
      if (value !== null) {
        refuseNonJsonInside(value, place, ancestors);
      }
      return;
    default:
      throw new TypeError(`${place} is of the type ${typeof value}, which JSON cannot carry; leave it out or use null`);
  }
}

function refuseNonJsonInside(value: object, place: string, ancestors: Set<object>): void {
  if (ancestors.has(value)) {
    throw new TypeError(`${place} is part of itself`);
  }
  ancestors.add(value);
  if (Array.isArray(value)) {
    // By index, because a hole of a sparse array is skipped by its own iteration methods.
    for (let index = 0; index < value.length; index += 1) {
      refuseNonJson(value[index], `${place}[${String(index)}]`, ancestors);
    }
  } else {
    if (!isPlainObject(value)) {
      throw new TypeError(`${place} is not a plain object; turn it into JSON first`);
    }
    for (const [key, member] of Object.entries(value)) {
      refuseNonJson(key, `the name ${JSON.stringify(key)} in ${place}`, ancestors);
      refuseNonJson(member, `${place}.${key}`, ancestors);
    }
  }
  ancestors.delete(value);
}

/** By shape, not by identity of the prototype: an object may come from another realm. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  const isDirect = prototype === null || (typeof prototype === 'object' && Object.getPrototypeOf(prototype) === null);
  return isDirect && !('toJSON' in value && typeof value.toJSON === 'function');
}
