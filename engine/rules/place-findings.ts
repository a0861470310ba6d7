import { fileProblem, formatPath, mostProblems, type Finding, type RuleProblem } from './problem.ts';
import { locate, pathInOwnFile, type Located, type Span, type YamlTree } from './yaml-tree.ts';

/** Where a span is, for people and editors. */
export function placeOf(span: Span): Pick<RuleProblem, 'file' | 'line' | 'column' | 'length'> {
  const { source } = span;
  const start = source.placeOf(span.start);
  const end = source.placeOf(span.end);
  const lineEnd = (source.line(start.line) ?? '').length + 1;
  const length = Math.max(0, (end.line === start.line ? end.column : lineEnd) - start.column);
  return { file: source.file, ...start, length };
}

/** `organisation.yaml:12:7` */
export function placeText(span: Span): string {
  const { file, line, column } = placeOf(span);
  return `${file}:${String(line)}:${String(column)}`;
}

/** Findings as problems, each at its place. What an anchor holds is wrong once, wherever its aliases put it. */
export function placeFindings(findings: readonly Finding[], tree: YamlTree): readonly RuleProblem[] {
  const first = new Map<string, Finding>();
  for (const finding of findings) {
    const key = JSON.stringify([locate(tree, finding.path).home, finding.path.at(-1), finding.expected]);
    if (!first.has(key)) first.set(key, finding);
  }
  return [...first.values()].map((finding) => problemOf(finding, tree));
}

/** In the order of the files and of their lines, and no more than anybody reads. @param files in their order. */
export function limitProblems(problems: readonly RuleProblem[], files: readonly string[]): readonly RuleProblem[] {
  const orderOf = ({ file }: RuleProblem): number => files.indexOf(file);
  const ordered = problems.toSorted((a, b) => orderOf(a) - orderOf(b) || a.line - b.line || a.column - b.column);
  const left = ordered.length - mostProblems;
  const last = ordered[mostProblems - 1];
  if (left <= 0 || last === undefined) return ordered;
  const { file, line, column } = last;
  const more = fileProblem(file, 'fewer mistakes', 'more', { line, column });
  return [...ordered.slice(0, mostProblems), { ...more, message: `And ${String(left)} more problems.` }];
}

/** The part of the text that stands for a setting: its value, or its key where the value is a group. */
export function spanOfSetting(located: Located, isAboutKey = false): Span {
  if (isAboutKey) return located.keySpan ?? located.span;
  return located.tree !== undefined && located.tree.kind !== 'scalar' ? located.headSpan : located.span;
}

function problemOf(finding: Finding, tree: YamlTree): RuleProblem {
  const located = locate(tree, finding.path);
  const found = finding.found ?? describe(located.tree);
  const path = formatPath(pathInOwnFile(tree, finding.path));
  const { expected, suggestion } = finding;
  const question = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
  const subject = path === '' ? 'The document' : path;
  const message =
    finding.atKey === true
      ? `${subject} is not a known key; it must be ${expected}.${question}`
      : `${subject} must be ${expected}; found ${found}.${question}`;
  return {
    ...placeOf(spanOfSetting(located, finding.atKey)),
    path,
    expected,
    found,
    ...(suggestion === undefined ? {} : { suggestion }),
    message,
  };
}

const longestFound = 60;

function describe(tree: YamlTree | undefined): string {
  if (tree === undefined) return 'nothing';
  switch (tree.kind) {
    case 'map':
      return 'a group of settings';
    case 'list':
      return tree.items.length === 0 ? 'an empty list' : 'a list';
    case 'scalar': {
      if (tree.value === null) return 'nothing';
      const { source, start, end } = tree.span;
      const written = source.text.slice(start, end).replaceAll(/\s+/g, ' ');
      return written.length > longestFound ? `${written.slice(0, longestFound)}…` : written;
    }
  }
}
