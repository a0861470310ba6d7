import { parse, type Scalar } from 'yaml';

/** A value that a dotted path can be set to. */
export type YamlScalar = string | number | boolean | null;

type FlowStyle = 'PLAIN' | 'QUOTE_SINGLE' | 'QUOTE_DOUBLE';

const FLOW_STYLES: readonly FlowStyle[] = ['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE'];

/** What YAML does not take literally, even in quotes: control characters, line separators, byte order marks. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/u;

/**
 * The ways a value can be written on one line, the style of the value it replaces first. Whether one of them is right
 * in its place is for the caller to try: `a, b` is plain in a block and is not inside brackets.
 */
export function scalarSources(value: YamlScalar, replaced?: Scalar): readonly string[] {
  if (typeof value !== 'string') {
    return [String(value)];
  }
  const preferred = FLOW_STYLES.find((style) => style === replaced?.type);
  const styles =
    preferred === undefined ? FLOW_STYLES : [preferred, ...FLOW_STYLES.filter((style) => style !== preferred)];
  return styles.flatMap((style) => inStyle(value, style) ?? []);
}

/** A block literal in the place of another, or undefined when the value does not suit one. */
export function blockLiteralSource(value: YamlScalar, replacedSource: string, lineEnding: string): string | undefined {
  if (typeof value !== 'string' || !value.includes('\n') || UNPRINTABLE.test(value.replaceAll('\n', ''))) {
    return undefined;
  }
  const indentation = /^[|][^\r\n]*\r?\n(?:[ \t]*\r?\n)*( +)/.exec(replacedSource)?.[1];
  if (indentation === undefined) {
    return undefined;
  }
  const chomping = !value.endsWith('\n') ? '-' : value.endsWith('\n\n') ? '+' : '';
  const lines = value.replace(/\n$/, '').split('\n');
  const body = lines.map((line) => (line === '' ? '' : indentation + line)).join(lineEnding);
  return `|${chomping}${commentOfBlockHeader(replacedSource)}${lineEnding}${body}${lineEnding}`;
}

/** The comment behind `|` or `>`, with the space before it; empty when there is none. */
export function commentOfBlockHeader(source: string): string {
  return /^[|>][^\s#]*([ \t]+#[^\r\n]*)/.exec(source)?.[1] ?? '';
}

function inStyle(value: string, style: FlowStyle): string | undefined {
  switch (style) {
    case 'PLAIN':
      return isSafelyPlain(value) ? value : undefined;
    case 'QUOTE_SINGLE':
      return UNPRINTABLE.test(value) ? undefined : `'${value.replaceAll("'", "''")}'`;
    case 'QUOTE_DOUBLE':
      return JSON.stringify(value).replace(
        new RegExp(UNPRINTABLE, 'gu'),
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
  }
}

/** Whether readers of YAML 1.2 and of 1.1, where `yes`, `012` and `2026-11-02` are no strings, see this very string. */
function isSafelyPlain(value: string): boolean {
  if (UNPRINTABLE.test(value) || value.trim() !== value) {
    return false;
  }
  try {
    return parse(value) === value && parse(value, { version: '1.1', logLevel: 'silent' }) === value;
  } catch {
    return false;
  }
}
