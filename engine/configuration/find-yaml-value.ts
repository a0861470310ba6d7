import { parseYamlText, valueOf } from './yaml-document.ts';

/** The names of a dotted path; `\\.` is a dot inside a name. @throws TypeError when one is empty. */
export function segmentsOf(path: string): readonly string[] {
  const segments = path.split(/(?<!\\)\./).map((segment) => segment.replaceAll('\\.', '.'));
  if (segments.includes('')) {
    throw new TypeError(`${JSON.stringify(path)} is not a dotted path: a name between two dots is empty`);
  }
  return segments;
}

/**
 * Which of the dotted paths lead nowhere in a YAML text. What stands there without a value (`url:`) is a place that
 * nobody has filled in yet, and counts as nowhere.
 * @throws YamlEditError when the text is no YAML.
 */
export function findMissingPaths(text: string, paths: readonly string[]): readonly string[] {
  const root = valueOf(parseYamlText(text));
  return paths.filter((path) => {
    let value: unknown = root;
    for (const segment of segmentsOf(path)) value = childOf(value, segment);
    return value === undefined || value === null;
  });
}

function childOf(value: unknown, segment: string): unknown {
  if (Array.isArray(value)) return /^\d+$/.test(segment) ? (value as unknown[])[Number(segment)] : undefined;
  if (!(value instanceof Map)) return undefined;
  for (const [key, child] of value as ReadonlyMap<unknown, unknown>) if (String(key) === segment) return child;
  return undefined;
}
