import { isAlias, isMap, isNode, isScalar, isSeq, type Pair } from 'yaml';
import { pairAt, type YamlText } from './yaml-document.ts';

/**
 * Where in a text the value at some names stands, or, when it is not written there itself (it comes from a merge key, or
 * is missing), what leads to it.
 * @param names as they read in the text; a number is a position in a list.
 */
export function offsetOfValue({ document }: YamlText, names: readonly string[]): number {
  let node: unknown = document?.contents;
  let offset = startOf(node);
  for (const name of names) {
    const inner = childOf(node, name);
    if (inner === undefined) return offset;
    offset = inner.offset;
    node = inner.value;
  }
  return offset;
}

/** Where the name of a setting stands, for what is wrong with there being one; else what it would stand in. */
export function offsetOfName(yaml: YamlText, names: readonly string[], name: string): number {
  let node: unknown = yaml.document?.contents;
  for (const each of names) node = childOf(node, each)?.value;
  const pair: Pair | undefined = isMap(node) ? pairAt(node, name) : undefined;
  return pair === undefined ? offsetOfValue(yaml, names) : startOf(pair.key);
}

function childOf(node: unknown, name: string): { readonly value: unknown; readonly offset: number } | undefined {
  if (isMap(node)) {
    const pair = pairAt(node, name);
    if (pair === undefined) return undefined;
    // An empty value stands nowhere; its name does.
    const isEmpty = isScalar(pair.value) && pair.value.source === '';
    return { value: pair.value, offset: isEmpty || !isNode(pair.value) ? startOf(pair.key) : startOf(pair.value) };
  }
  if (isSeq(node)) {
    const item: unknown = /^\d+$/.test(name) ? node.items[Number(name)] : undefined;
    return item === undefined ? undefined : { value: item, offset: startOf(item) };
  }
  // What an alias refers to is written elsewhere, and used here.
  return undefined;
}

function startOf(node: unknown): number {
  return (isNode(node) || isAlias(node)) && node.range !== undefined && node.range !== null ? node.range[0] : 0;
}
