import { Composer, isAlias, isMap, isScalar, isSeq, type Document, type ErrorCode, type Node } from 'yaml';
import { deeper, deepestNesting, mostAliasedNodes, tokensOf } from './document-limits.ts';
import type { SettingPath } from './problem.ts';
import type { SourceText } from './source-text.ts';

/** Offsets into a text, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly source: SourceText;
}

/** A YAML document as plain data in which every node knows its place; aliases are followed. */
export type YamlTree =
  | { readonly kind: 'map'; readonly span: Span; readonly entries: ReadonlyMap<string, YamlEntry> }
  | {
      readonly kind: 'list';
      readonly span: Span;
      readonly items: readonly YamlTree[];
      /** Where each item stands in the list of its own file, when the list was put together from several. */
      readonly ownPositions?: readonly number[];
    }
  | { readonly kind: 'scalar'; readonly span: Span; readonly value: string | number | boolean | null };
export interface YamlEntry {
  readonly key: Span;
  readonly value: YamlTree;
}

export interface YamlProblem {
  readonly span: Span;
  readonly expected: string;
  readonly found: string;
  readonly message?: string;
}

export interface YamlReading {
  /** Undefined when the text is no single YAML document of plain data. */
  readonly tree: YamlTree | undefined;
  readonly problems: readonly YamlProblem[];
}

/** Reads a text as one YAML document, within limits that no text can get around. Never throws. */
export function readYaml(source: SourceText): YamlReading {
  const { text } = source;
  const at = (start: number, end = start): Span => ({ start, end, source });
  const reading = tokensOf(text);
  if (!reading.ok) return refused(at(reading.offset), reading.expected, reading.found);
  // Unique keys are checked here, with a set: the library compares each key with every other one.
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
  const documents = [...composer.compose(reading.tokens, false, text.length)];
  const [first, second] = documents;
  if (first === undefined) return refused(at(0), 'a rules document', emptyDocument);
  const errors = documents.flatMap((document) => document.errors);
  if (errors.length > 0) {
    // What the end of the text lacks is missing behind the last thing on it, not on an empty line.
    const end = text.trimEnd().length;
    return {
      tree: undefined,
      problems: errors.map(({ code, message, pos: [start, stop] }) => ({
        span: start < end ? at(start, stop) : at(end),
        expected: 'well-formed YAML',
        found: 'malformed YAML',
        message: `This is not well-formed YAML: ${message.replace(/\.?$/, '.')} ${whatToDo(code)}`,
      })),
    };
  }
  if (second !== undefined) {
    return refused(at(second.range[0]), 'one document', 'a second one after ---; put it into a file of its own');
  }
  if (first.directives.yaml.explicit === true) {
    return refused(at(0), 'YAML 1.2 without a %YAML directive', 'a %YAML directive; leave it out');
  }
  if (first.contents === null) return refused(at(text.length), 'a rules document', emptyDocument);
  return new TreeBuilder(source).build(first);
}

function refused(span: Span, expected: string, found: string): YamlReading {
  return { tree: undefined, problems: [{ span, expected, found }] };
}

const emptyDocument = 'nothing; begin with version: 1, or copy promotion/promotion-rules.yaml';

/** What helps against what the library found. */
function whatToDo(code: ErrorCode): string {
  switch (code) {
    case 'BAD_INDENT':
    case 'TAB_AS_INDENT':
      return 'Indent with spaces, as far as the lines beside it; a list in brackets ends on a line that is indented.';
    case 'MISSING_CHAR':
      return 'Close what is open: a bracket, a brace or a quote; a key ends with a colon and a space.';
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
    case 'BLOCK_IN_FLOW':
      return 'Begin the group on a line of its own, and put text that has a colon in it between quotes.';
    case 'BAD_DQ_ESCAPE':
      return "Write the backslash twice, or put the text between 'single quotes'.";
    default:
      return 'Correct what stands there; text with special characters goes between quotes.';
  }
}

/** Thrown and caught in this file alone, to leave a walk that must not go on. */
class WalkStopped extends Error {}

class TreeBuilder {
  readonly #source: SourceText;
  readonly #problems: YamlProblem[] = [];
  readonly #anchors = new Map<string, Node>();
  #aliasedNodes = 0;

  constructor(source: SourceText) {
    this.#source = source;
  }

  build(document: Document.Parsed): YamlReading {
    try {
      const tree = this.#node(document.contents, { start: 0, end: 0, source: this.#source }, 0, false);
      return { tree, problems: this.#problems };
    } catch (error) {
      if (!(error instanceof WalkStopped)) throw error;
      return { tree: undefined, problems: this.#problems };
    }
  }

  #node(node: unknown, around: Span, depth: number, isAliased: boolean): YamlTree {
    if (isAlias(node)) return this.#alias(node.source, spanOf(node, around), depth);
    if (isAliased && ++this.#aliasedNodes > mostAliasedNodes) {
      this.#stop(
        around,
        `aliases that stand for at most ${String(mostAliasedNodes)} values in all`,
        'more; write out what some of them stand for',
      );
    }
    if (depth > deepestNesting) this.#stop(around, `at most ${String(deepestNesting)} levels`, deeper);
    if (isMap(node) || isSeq(node) || isScalar(node)) {
      const span = spanOf(node, around);
      if (!isAliased) this.#note(node, span);
      if (isMap(node)) return this.#map(node.items, span, depth, isAliased);
      if (isSeq(node)) {
        const items = node.items.map((item) => this.#node(item, span, depth + 1, isAliased));
        return { kind: 'list', span, items };
      }
      return { kind: 'scalar', span, value: this.#scalar(node.value, span) };
    }
    return { kind: 'scalar', span: around, value: null };
  }

  /** What an alias stands for keeps the place of its anchor, which is where it can be mended. */
  #alias(name: string, span: Span, depth: number): YamlTree {
    const target = this.#anchors.get(name);
    if (target === undefined) return this.#stop(span, `an anchor &${name} above`, `*${name} without one`);
    return this.#node(target, span, depth, true);
  }

  #note(node: Node, span: Span): void {
    if ('anchor' in node && typeof node.anchor === 'string') this.#anchors.set(node.anchor, node);
    if (node.tag !== undefined) {
      this.#problems.push({ span, expected: 'plain data without a tag', found: `the tag ${node.tag.slice(0, 60)}` });
    }
  }

  #map(
    pairs: readonly { readonly key: unknown; readonly value: unknown }[],
    span: Span,
    depth: number,
    isAliased: boolean,
  ): YamlTree {
    const entries = new Map<string, YamlEntry>();
    for (const pair of pairs) {
      const key = this.#node(pair.key, span, depth + 1, isAliased);
      const value = this.#node(pair.value, key.span, depth + 1, isAliased);
      if (key.kind !== 'scalar') {
        this.#problems.push({ span: key.span, expected: 'a word as the key', found: describe(key) });
        continue;
      }
      const name = String(key.value);
      if (entries.has(name)) {
        const found = `${name} a second time`;
        if (!isAliased) this.#problems.push({ span: key.span, expected: 'each key once', found: found.slice(0, 80) });
        continue;
      }
      entries.set(name, { key: key.span, value });
    }
    return { kind: 'map', span, entries };
  }

  #scalar(value: unknown, span: Span): string | number | boolean | null {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      return value;
    }
    return this.#source.text.slice(span.start, span.end);
  }

  #stop(span: Span, expected: string, found: string): never {
    this.#problems.push({ span, expected, found });
    throw new WalkStopped();
  }
}

function spanOf(node: { readonly range?: readonly [number, number, number] | null }, around: Span): Span {
  if (node.range === null || node.range === undefined) return around;
  return { start: node.range[0], end: node.range[1], source: around.source };
}

function describe(tree: YamlTree): string {
  switch (tree.kind) {
    case 'map':
      return 'a group of settings';
    case 'list':
      return 'a list';
    case 'scalar':
      return String(tree.value);
  }
}

/** The document as data. Objects have no prototype, so that no key of the document can reach one. */
export function plainValue(tree: YamlTree): unknown {
  switch (tree.kind) {
    case 'scalar':
      return tree.value;
    case 'list':
      return tree.items.map(plainValue);
    case 'map': {
      const value = Object.create(null) as Record<string, unknown>;
      for (const [key, entry] of tree.entries) value[key] = plainValue(entry.value);
      return value;
    }
  }
}

export interface Located {
  /** Of the value; for an absent one, the head of the nearest group around it. */
  readonly span: Span;
  readonly keySpan: Span | undefined;
  /** Where a group begins for people: its key, or its first setting when an alias brought it here. */
  readonly headSpan: Span;
  /** The file and the offset of the value or, when it is absent, of the group it is missing from; the same through every alias. */
  readonly home: string;
  /** Undefined when nothing stands at the path. */
  readonly tree: YamlTree | undefined;
}

/** Where a setting stands. */
export function locate(tree: YamlTree, path: SettingPath): Located {
  let node = tree;
  let keySpan: Span | undefined;
  let headSpan = startOf(tree.span);
  for (const segment of path) {
    const entry: YamlEntry | undefined = childOf(node, segment);
    if (entry === undefined) {
      return { span: headSpan, keySpan: undefined, headSpan, home: homeOf(node), tree: undefined };
    }
    node = entry.value;
    keySpan = entry.key;
    // An alias's value stands before its key.
    headSpan = node.span.start < keySpan.start ? startOf(node.span) : keySpan;
  }
  return { span: node.span, keySpan, headSpan, home: homeOf(node), tree: node };
}

function homeOf({ span }: YamlTree): string {
  return `${span.source.file}:${String(span.start)}`;
}

/** A path through a tree that was put together from several files, as it is in the file where the setting stands. */
export function pathInOwnFile(tree: YamlTree, path: SettingPath): SettingPath {
  const own: (string | number)[] = [];
  let node: YamlTree | undefined = tree;
  for (const segment of path) {
    const moved = node?.kind === 'list' && typeof segment === 'number' ? node.ownPositions?.[segment] : undefined;
    own.push(moved ?? segment);
    node = node === undefined ? undefined : childOf(node, segment)?.value;
  }
  return own;
}

/** What stands at a path; undefined when nothing does. */
export function nodeAt(tree: YamlTree, path: SettingPath): YamlTree | undefined {
  return locate(tree, path).tree;
}

function childOf(node: YamlTree, segment: string | number): YamlEntry | undefined {
  switch (node.kind) {
    case 'map':
      return node.entries.get(String(segment));
    case 'list': {
      const item = typeof segment === 'number' ? node.items[segment] : undefined;
      return item === undefined
        ? undefined
        : { key: item.kind === 'map' ? startOf(item.span) : item.span, value: item };
    }
    case 'scalar':
      return undefined;
  }
}

const startOf = ({ start, source }: Span): Span => ({ start, end: start, source });
