import { isDeepStrictEqual } from 'node:util';
import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap } from 'yaml';
import { segmentsOf } from './find-yaml-value.ts';
import { hasMergeKey, offsetBehindColon, pairAt, parseYamlText, valueOf, type YamlText } from './yaml-document.ts';
import { YamlEditError } from './yaml-edit-error.ts';
import { appendToMap, beginMap, fillWithMap, replaceByMap, type Splice } from './yaml-insertion.ts';
import { blockLiteralSource, commentOfBlockHeader, scalarSources, type YamlScalar } from './yaml-scalar-source.ts';

export type { YamlScalar } from './yaml-scalar-source.ts';

export interface YamlChange {
  readonly path: string;
  /** undefined when the path was missing. */
  readonly before: YamlScalar | undefined;
  readonly after: YamlScalar;
}

export interface YamlEdit {
  readonly text: string;
  /** In the order of the request; values that were set already are left out. */
  readonly changed: readonly YamlChange[];
}

/**
 * Sets values in a YAML text and touches nothing else: comments, order, quotes, indentation and line endings of every
 * other line stay byte for byte. A missing key is added behind the last one of its map, with the maps that lead to it.
 * @param changes dotted path → value. A number addresses an existing list item; `\.` is a dot inside a key.
 * @throws YamlEditError when the text is no YAML or holds several documents, when a path leads to a map or list or
 * through a value, and when an anchor or alias would carry the change elsewhere.
 */
export function setYamlValues(text: string, changes: Readonly<Record<string, YamlScalar>>): YamlEdit {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  let edited = text.slice(mark.length);
  const changed: YamlChange[] = [];
  for (const [path, value] of Object.entries(changes)) {
    const edit = setOne(parseYamlText(edited), path, value);
    if (edit !== undefined) {
      edited = edit.text;
      changed.push({ path, before: edit.before, after: value });
    }
  }
  return { text: mark + edited, changed };
}

/** One place in a text, and the ways a value gets there. */
interface Place {
  readonly offset: number;
  readonly splices: (value: YamlScalar) => readonly Splice[];
}

function setOne(
  yaml: YamlText,
  path: string,
  value: YamlScalar,
): { text: string; before: YamlScalar | undefined } | undefined {
  const segments = segmentsOf(path);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(`${path} cannot be set to ${String(value)}: only finite numbers can be written`);
  }
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw new TypeError(`${path} cannot be set: the text holds half of a surrogate pair`);
  }
  const wanted = Object.is(value, -0) ? 0 : value;
  const current = valueOf(yaml);
  const before = valueAt(current, segments);
  if (before === wanted) {
    return undefined;
  }
  const place = locate(yaml, path, segments);
  if (!isScalarValue(before)) {
    throw new YamlEditError(path, yaml.text, place.offset, 'is of a type that cannot be replaced by a plain value');
  }
  const expected = withValue(current, segments, wanted);
  for (const { start, end, source } of place.splices(wanted)) {
    const text = yaml.text.slice(0, start) + source + yaml.text.slice(end);
    if (isDeepStrictEqual(valueIfValid(text), expected)) {
      return { text, before };
    }
  }
  throw new YamlEditError(path, yaml.text, place.offset, 'cannot be set here without changing something else');
}

function locate(yaml: YamlText, path: string, segments: readonly string[]): Place {
  const root = yaml.document?.contents ?? undefined;
  if (root === undefined || (isScalar(root) && root.source === '' && root.value === null)) {
    return missing(yaml.text.length, (value) => beginMap(yaml, segments, value));
  }
  let node: ParsedNode = root;
  for (const [depth, segment] of segments.entries()) {
    const [start, end] = node.range;
    const rest = segments.slice(depth);
    refuseSharing(yaml, path, node, 'holds');
    if (isMap(node)) {
      const map: YAMLMap = node;
      const pair = pairAt(map, segment);
      if (pair === undefined) {
        if (hasMergeKey(map) && rest.length > 1) {
          throw new YamlEditError(path, yaml.text, start, `would hide what a merge key brings into ${segment}`);
        }
        return missing(start, (value) => appendToMap(yaml, map, rest, value));
      }
      // The library types values as unknown; a parsed document has nodes there, or null for `{a}`.
      const value = pair.value as ParsedNode | null;
      if (value === null || isEmpty(value)) {
        return emptyPlace(yaml, path, pair, map, segments.slice(depth + 1), end);
      }
      node = value;
    } else if (isSeq(node)) {
      const item: unknown = /^(?:0|[1-9]\d*)$/.test(segment) ? node.items[Number(segment)] : undefined;
      if (item === undefined || isEmpty(item as ParsedNode)) {
        throw new YamlEditError(path, yaml.text, start, `needs a number of the list's items, not ${segment}`);
      }
      node = item as ParsedNode;
    } else if (isScalar(node) && node.value === null) {
      return missing(start, (value) => replaceByMap(start, end, rest, value));
    } else {
      throw new YamlEditError(path, yaml.text, start, `leads through a value: ${segment} has no place under it`);
    }
  }
  return existing(yaml, path, node);
}

function isEmpty(node: ParsedNode): boolean {
  return isScalar(node) && node.value === null && node.range[0] === node.range[1];
}

function missing(offset: number, splices: Place['splices']): Place {
  return { offset, splices };
}

/** `key:` with nothing behind it: null when it is the one to set, and a map to be filled when it is on the way. */
function emptyPlace(
  yaml: YamlText,
  path: string,
  pair: Pair,
  map: YAMLMap,
  rest: readonly string[],
  offset: number,
): Place {
  const value = pair.value as ParsedNode | null;
  const colon = offsetBehindColon(pair);
  if (colon === undefined || (value !== null && isScalar(value) && (value.anchor ?? value.tag) !== undefined)) {
    throw new YamlEditError(
      path,
      yaml.text,
      value?.range[0] ?? offset,
      'has an entry on its way that cannot be filled',
    );
  }
  if (rest.length > 0) {
    return missing(colon, (scalar) => fillWithMap(yaml, colon, map, rest, scalar));
  }
  return {
    offset: colon,
    splices: (scalar) => scalarSources(scalar).map((source) => ({ start: colon, end: colon, source: ` ${source}` })),
  };
}

function existing(yaml: YamlText, path: string, node: ParsedNode): Place {
  const [start, end] = node.range;
  const resolved = isAlias(node) ? node.resolve(requireDocument(yaml)) : node;
  if (!isScalar(resolved)) {
    const kind = isMap(resolved) ? 'a map' : 'a list';
    throw new YamlEditError(path, yaml.text, start, `is ${kind}; a single value cannot take its place`);
  }
  if (!isAlias(node)) {
    refuseSharing(yaml, path, node, 'is');
  }
  const old = yaml.text.slice(start, end);
  const isBlock = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
  if (!isBlock) {
    return {
      offset: start,
      splices: (value) =>
        scalarSources(value, isScalar(node) ? node : undefined).map((source) => ({ start, end, source })),
    };
  }
  const tail = commentOfBlockHeader(old) + (old.endsWith('\n') ? yaml.lineEnding : '');
  return {
    offset: start,
    splices: (value) =>
      [blockLiteralSource(value, old, yaml.lineEnding), ...scalarSources(value).map((source) => source + tail)]
        .filter((source) => source !== undefined)
        .map((source) => ({ start, end, source })),
  };
}

/** A change inside something anchored would appear wherever an alias repeats it. */
function refuseSharing(yaml: YamlText, path: string, node: ParsedNode, verb: 'is' | 'holds'): void {
  if (isAlias(node)) {
    throw new YamlEditError(path, yaml.text, node.range[0], `leads through the alias *${node.source}; set it there`);
  }
  if (node.anchor !== undefined && yaml.aliased.has(node.anchor)) {
    const where = verb === 'is' ? 'is' : 'lies in';
    throw new YamlEditError(
      path,
      yaml.text,
      node.range[0],
      `${where} the anchor &${node.anchor}, which aliases repeat elsewhere`,
    );
  }
}

function requireDocument(yaml: YamlText): NonNullable<YamlText['document']> {
  if (yaml.document === undefined) {
    throw new TypeError('a text without a document has no aliases');
  }
  return yaml.document;
}

function valueIfValid(text: string): unknown {
  try {
    return valueOf(parseYamlText(text));
  } catch (error) {
    if (error instanceof YamlEditError) {
      return undefined;
    }
    throw error;
  }
}

function isScalarValue(value: unknown): value is YamlScalar | undefined {
  return value === undefined || value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function valueAt(value: unknown, segments: readonly string[]): unknown {
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    return value;
  }
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return valueAt(items[Number(segment)], rest);
  }
  return value instanceof Map ? valueAt(value.get(keyOf(value, segment)), rest) : undefined;
}

function keyOf(map: ReadonlyMap<unknown, unknown>, segment: string): unknown {
  return [...map.keys()].find((key) => String(key) === segment) ?? segment;
}

/** The value with one path set; what is not on the path is shared with the original, never changed. */
function withValue(value: unknown, segments: readonly string[], scalar: YamlScalar): unknown {
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    return scalar;
  }
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.with(Number(segment), withValue(items[Number(segment)], rest, scalar));
  }
  const entries: ReadonlyMap<unknown, unknown> = value instanceof Map ? value : new Map();
  const key = keyOf(entries, segment);
  return new Map(entries).set(key, withValue(entries.get(key), rest, scalar));
}
