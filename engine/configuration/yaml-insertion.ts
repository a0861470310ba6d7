import { isMap, type YAMLMap } from 'yaml';
import { endOfPair, type YamlText } from './yaml-document.ts';
import { scalarSources, type YamlScalar } from './yaml-scalar-source.ts';

/** One way to change a text: what stands from `start` to `end` gives way to `source`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly source: string;
}

/** Ways to append an entry to a map; `segments` after the first become maps inside it. */
export function appendToMap(
  yaml: YamlText,
  map: YAMLMap,
  segments: readonly string[],
  value: YamlScalar,
): readonly Splice[] {
  const last = map.items.at(-1);
  if (map.flow === true || last === undefined) {
    const start = last === undefined ? (map.range?.[0] ?? 0) + 1 : endOfPair(last);
    const separator = last === undefined ? '' : ', ';
    return flowEntries(segments, value).map((entry) => ({ start, end: start, source: separator + entry }));
  }
  return linesBehind(yaml, endOfPair(last), segments, value, indentationOf(yaml, map));
}

/** Ways to give an entry without a value, in a block map, a map of its own. */
export function fillWithMap(
  yaml: YamlText,
  behindColon: number,
  parent: YAMLMap,
  segments: readonly string[],
  value: YamlScalar,
): readonly Splice[] {
  if (parent.flow === true) {
    return replaceByMap(behindColon, behindColon, segments, value).map((splice) => ({
      ...splice,
      source: ` ${splice.source}`,
    }));
  }
  return linesBehind(yaml, behindColon, segments, value, indentationOf(yaml, parent) + indentationStep(yaml));
}

/** Ways to put a map in the place of a written `null`. */
export function replaceByMap(
  start: number,
  end: number,
  segments: readonly string[],
  value: YamlScalar,
): readonly Splice[] {
  return flowEntries(segments, value).map((entry) => ({ start, end, source: `{ ${entry} }` }));
}

/** Ways to begin the map of a text that holds nothing but, perhaps, comments. */
export function beginMap(yaml: YamlText, segments: readonly string[], value: YamlScalar): readonly Splice[] {
  const end = yaml.text.length;
  const separator = end === 0 || yaml.text.endsWith('\n') ? '' : yaml.lineEnding;
  return blockEntries(yaml, segments, value, '').map((entry) => ({
    start: end,
    end,
    source: `${separator}${entry}${yaml.lineEnding}`,
  }));
}

function linesBehind(
  yaml: YamlText,
  offset: number,
  segments: readonly string[],
  value: YamlScalar,
  indentation: string,
): readonly Splice[] {
  const { text, lineEnding } = yaml;
  const newline = text.indexOf('\n', offset);
  // A block scalar's end is already behind its line.
  const isAtLineStart = offset > 0 && text[offset - 1] === '\n';
  const start = isAtLineStart ? offset : newline === -1 ? text.length : newline + 1;
  const isBehindNewline = isAtLineStart || newline !== -1;
  return blockEntries(yaml, segments, value, indentation).map((entry) => ({
    start,
    end: start,
    source: isBehindNewline ? entry + lineEnding : lineEnding + entry,
  }));
}

function blockEntries(
  yaml: YamlText,
  segments: readonly string[],
  value: YamlScalar,
  indentation: string,
): readonly string[] {
  const step = indentationStep(yaml);
  const keys = segments.map((segment, depth) => `${indentation}${step.repeat(depth)}${keySource(segment)}:`);
  const opened = keys.join(yaml.lineEnding);
  return scalarSources(value).map((source) => `${opened} ${source}`);
}

function flowEntries(segments: readonly string[], value: YamlScalar): readonly string[] {
  return scalarSources(value).map((source) =>
    segments.reduceRight(
      (inner, segment, depth) => `${keySource(segment)}: ${depth === segments.length - 1 ? inner : `{ ${inner} }`}`,
      source,
    ),
  );
}

/** A key must read as a string everywhere, in brackets too; anything unusual is put in quotes. */
function keySource(segment: string): string {
  const isPlain = /^[A-Za-z_][\w./-]*$/.test(segment) && scalarSources(segment)[0] === segment;
  return isPlain ? segment : JSON.stringify(segment);
}

/** The column of a block map's keys, as spaces; the dash of a list item before it counts as one. */
function indentationOf(yaml: YamlText, map: YAMLMap): string {
  const start = map.range?.[0] ?? 0;
  return ' '.repeat(start - (yaml.text.lastIndexOf('\n', start - 1) + 1));
}

/** How much deeper the first nested block map of the text is than its parent. */
function indentationStep(yaml: YamlText): string {
  const root: unknown = yaml.document?.contents;
  const nested = isMap(root)
    ? root.items.map(({ value }) => value).find((value) => isMap(value) && value.flow !== true)
    : undefined;
  const found = isMap(nested) ? indentationOf(yaml, nested) : '';
  return found === '' ? '  ' : found;
}
