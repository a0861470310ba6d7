import { withCanonicalNames } from './canonical-names.ts';
import { decodeUtf8, mostBytes } from './document-limits.ts';
import { inheritDefaults } from './inheritance.ts';
import { formatPath, mostProblems, type Finding, type RuleProblem } from './problem.ts';
import { referenceFindings } from './reference-findings.ts';
import { schemaFindings } from './schema-findings.ts';
import { rulesSchema, type Rules } from './schema.ts';
import { SourceText } from './source-text.ts';
import { locate, plainValue, readYaml, type Span, type YamlTree } from './yaml-tree.ts';

export type ParsedRules =
  { readonly ok: true; readonly rules: Rules } | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/**
 * Reads a rules document and says everything that is wrong with it at once, each at its place. The rules it yields have
 * every default in them, paths have what `defaults` demands, and environments go by their names.
 * @param file what problems call the text; nothing is read from it.
 */
export function parseRules(text: string | Uint8Array, file: string): ParsedRules {
  const size = typeof text === 'string' ? Buffer.byteLength(text) : text.byteLength;
  if (size > mostBytes) return { ok: false, problems: [tooLarge(size, file)] };
  if (typeof text === 'string') return parseText(text.replace(/^\uFEFF/, ''), file);
  const decoded = decodeUtf8(text);
  if (decoded.ok) return parseText(decoded.text, file);
  const { line, column } = new SourceText(decoded.validUpTo).placeOf(decoded.validUpTo.length);
  return { ok: false, problems: [fileProblem(file, decoded.expected, decoded.found, { line, column })] };
}

/** A problem with a file as a whole, or with its bytes. */
export function fileProblem(
  file: string,
  expected: string,
  found: string,
  place: { readonly line: number; readonly column: number } = { line: 1, column: 1 },
): RuleProblem {
  const message = `This must be ${expected}, but it is ${found}.`;
  return { file, ...place, length: 0, path: '', expected, found, message };
}

export function tooLarge(bytes: number, file: string): RuleProblem {
  return fileProblem(file, `a rules file of at most ${String(mostBytes)} bytes (1 MiB)`, `${String(bytes)} bytes`);
}

function parseText(text: string, file: string): ParsedRules {
  const source = new SourceText(text);
  const reading = readYaml(text);
  const yamlProblems = reading.problems.map(({ span, expected, found, message }) => ({
    file,
    ...placeOf(span, source),
    path: '',
    expected,
    found,
    message: message ?? `This must be ${expected}; found ${found}.`,
  }));
  if (reading.tree === undefined) return { ok: false, problems: limited(yamlProblems, file) };
  const { tree } = reading;
  const document = plainValue(tree);
  const findings = distinct([...schemaFindings(rulesSchema, document), ...referenceFindings(document)], tree);
  const problems = [...yamlProblems, ...findings.map((finding) => problemOf(finding, tree, source, file))];
  if (problems.length > 0) return { ok: false, problems: limited(problems, file) };
  return { ok: true, rules: withCanonicalNames(rulesSchema.parse(inheritDefaults(document))) };
}

/** What an anchor holds is wrong once, wherever its aliases put it. */
function distinct(findings: readonly Finding[], tree: YamlTree): readonly Finding[] {
  const first = new Map<string, Finding>();
  for (const finding of findings) {
    const key = JSON.stringify([locate(tree, finding.path).home, finding.path.at(-1), finding.expected]);
    if (!first.has(key)) first.set(key, finding);
  }
  return [...first.values()];
}

function placeOf(span: Span, source: SourceText): { line: number; column: number; length: number } {
  const start = source.placeOf(span.start);
  const end = source.placeOf(span.end);
  const lineEnd = (source.line(start.line) ?? '').length + 1;
  return { ...start, length: Math.max(0, (end.line === start.line ? end.column : lineEnd) - start.column) };
}

function problemOf(finding: Finding, tree: YamlTree, source: SourceText, file: string): RuleProblem {
  const located = locate(tree, finding.path);
  const isGroup = located.tree !== undefined && located.tree.kind !== 'scalar';
  const span = finding.atKey === true ? (located.keySpan ?? located.span) : isGroup ? located.headSpan : located.span;
  const found = finding.found ?? describe(located.tree, source);
  const path = formatPath(finding.path);
  const { expected, suggestion } = finding;
  const question = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
  const subject = path === '' ? 'The document' : path;
  const message =
    finding.atKey === true
      ? `${subject} is not a known key; it must be ${expected}.${question}`
      : `${subject} must be ${expected}; found ${found}.${question}`;
  return {
    file,
    ...placeOf(span, source),
    path,
    expected,
    found,
    ...(suggestion === undefined ? {} : { suggestion }),
    message,
  };
}

const longestFound = 60;

function describe(tree: YamlTree | undefined, source: SourceText): string {
  if (tree === undefined) return 'nothing';
  switch (tree.kind) {
    case 'map':
      return 'a group of settings';
    case 'list':
      return tree.items.length === 0 ? 'an empty list' : 'a list';
    case 'scalar': {
      if (tree.value === null) return 'nothing';
      const written = source.text.slice(tree.span.start, tree.span.end).replaceAll(/\s+/g, ' ');
      return written.length > longestFound ? `${written.slice(0, longestFound)}…` : written;
    }
  }
}

/** In the order of the file, and no more than anybody reads. */
function limited(problems: readonly RuleProblem[], file: string): readonly RuleProblem[] {
  const ordered = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const left = ordered.length - mostProblems;
  if (left <= 0) return ordered;
  const last = ordered[mostProblems - 1];
  const place = last === undefined ? { line: 1, column: 1 } : { line: last.line, column: last.column };
  const more = { ...fileProblem(file, 'fewer mistakes', 'more', place), message: `And ${String(left)} more problems.` };
  return [...ordered.slice(0, mostProblems), more];
}
