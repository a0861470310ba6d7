import { requirementShape } from './requirement-schema.ts';

export type Group = Readonly<Record<string, unknown>>;

export const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the nearer one says wins, setting by setting; lists are replaced as a whole. */
export function inherit(nearer: unknown, farther: unknown): unknown {
  if (nearer === undefined) return farther;
  if (!isGroup(nearer) || !isGroup(farther)) return nearer;
  const keys = new Set([...Object.keys(farther), ...Object.keys(nearer)]);
  return Object.fromEntries([...keys].map((key) => [key, inherit(nearer[key], farther[key])]));
}

/**
 * A rules document in which every path has what `defaults` demands, unless the path says otherwise. Works on any data,
 * valid or not, and on a document that has inherited already, which it leaves as it is.
 */
export function inheritDefaults(document: unknown): unknown {
  if (!isGroup(document) || !Array.isArray(document['paths']) || !isGroup(document['defaults'])) return document;
  const requirement = Object.fromEntries(
    Object.entries(document['defaults']).filter(([key]) => Object.hasOwn(requirementShape, key)),
  );
  const paths: readonly unknown[] = document['paths'];
  return { ...document, paths: paths.map((path) => (isGroup(path) ? inherit(path, requirement) : path)) };
}
