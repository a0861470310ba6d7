import { isAlias, isMap, isScalar, parseAllDocuments, visit, type Document, type Pair, type YAMLMap } from 'yaml';
import { YamlEditError } from './yaml-edit-error.ts';

/** A text that holds one YAML document (or none yet), with what an edit needs to know about it. */
export interface YamlText {
  readonly text: string;
  readonly document: Document.Parsed | undefined;
  readonly lineEnding: '\n' | '\r\n';
  /** Names of anchors that an alias refers to. */
  readonly aliased: ReadonlySet<string>;
}

/** @throws YamlEditError when the text is no YAML, or holds several documents. */
export function parseYamlText(text: string): YamlText {
  const documents = parseAllDocuments(text, { keepSourceTokens: true, logLevel: 'silent' });
  const list = Array.isArray(documents) ? documents : [];
  const [document, second] = list;
  const error = document?.errors[0];
  if (error !== undefined) {
    throw new YamlEditError('', text, error.pos[0], `is not valid YAML: ${error.message.split('\n')[0] ?? ''}`);
  }
  if (second !== undefined) {
    throw new YamlEditError('', text, second.range[0], 'begins a second document; only texts with one can be changed');
  }
  const aliased = new Set<string>();
  if (document !== undefined) {
    visit(document, {
      Alias: (_, alias) => {
        aliased.add(alias.source);
      },
    });
  }
  return { text, document, lineEnding: /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n', aliased };
}

/** The document's value, maps as `Map`, so that keys keep their order and type. */
export function valueOf({ text, document }: YamlText): unknown {
  if (document === undefined) {
    return null;
  }
  try {
    const value: unknown = document.toJS({ mapAsMap: true });
    return value;
  } catch (error) {
    throw new YamlEditError('', text, 0, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The entry of a map whose key reads like the segment of a dotted path. */
export function pairAt(map: YAMLMap, segment: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && String(key.value) === segment);
}

/** Whether the map takes entries from elsewhere by a merge key, which cannot be seen in its own items. */
export function hasMergeKey(map: YAMLMap): boolean {
  return pairAt(map, '<<') !== undefined;
}

/** Behind the colon of an entry, or undefined when it has none (`{a}`). */
export function offsetBehindColon(pair: Pair): number | undefined {
  const separators = pair.srcToken !== undefined && 'sep' in pair.srcToken ? pair.srcToken.sep : undefined;
  const colon = separators?.find(({ type }) => type === 'map-value-ind');
  return colon === undefined ? undefined : colon.offset + 1;
}

/** Where the last visible character of an entry ends; comments and blank lines behind it do not count. */
export function endOfPair(pair: Pair): number {
  return endOfNode(pair.value) ?? offsetBehindColon(pair) ?? endOfNode(pair.key) ?? 0;
}

function endOfNode(node: unknown): number | undefined {
  if (isMap(node) && node.flow !== true) {
    const last = node.items.at(-1);
    return last === undefined ? node.range?.[1] : endOfPair(last);
  }
  if (isAlias(node) || isScalar(node)) {
    const [start = 0, end = 0] = node.range ?? [];
    return end > start ? end : undefined;
  }
  if (typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items)) {
    const sequence = node as { items: readonly unknown[]; flow?: boolean; range?: readonly [number, number, number] };
    return sequence.flow === true ? sequence.range?.[1] : (endOfNode(sequence.items.at(-1)) ?? sequence.range?.[1]);
  }
  return undefined;
}
