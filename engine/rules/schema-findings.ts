import type { z } from 'zod';
import { closest } from './closest-word.ts';
import { mostProblems, notShown, type Finding, type SettingPath } from './problem.ts';
import { knownKeys } from './schema-keys.ts';

type Issue = z.core.$ZodIssue;

/** Checks a value against a schema and says every deviation as a finding with the nearest word that is allowed. */
export function schemaFindings(schema: z.ZodType, value: unknown): readonly Finding[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  const issues = result.error.issues.flatMap((issue) => mostTelling(issue));
  const findings: Finding[] = [];
  for (const issue of issues) {
    // Looking for the nearest word costs; nobody reads the ones beyond.
    if (findings.length > mostProblems) findings.push({ path: settingPath(issue.path), expected: 'a valid setting' });
    else findings.push(...findingsOf(issue, schema, value));
  }
  return withoutConsequences(findings, value);
}

/** What is absent only because its key is mistyped is told once, at the key that stands there. */
function withoutConsequences(findings: readonly Finding[], value: unknown): readonly Finding[] {
  const nameOf = (path: SettingPath): string => JSON.stringify(path);
  const meant = new Set(
    findings.flatMap(({ path, atKey, suggestion }) =>
      atKey === true && suggestion !== undefined ? [nameOf([...path.slice(0, -1), suggestion])] : [],
    ),
  );
  return findings.filter(
    ({ path, atKey }) => atKey === true || !meant.has(nameOf(path)) || valueAt(value, path) !== undefined,
  );
}

function valueAt(value: unknown, path: SettingPath): unknown {
  return path.reduce<unknown>(
    (group, segment) => (typeof group === 'object' && group !== null ? Reflect.get(group, segment) : undefined),
    value,
  );
}

/** Of a union's failures, those of the alternative that the value came nearest to. */
function mostTelling(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const deeper = issue.errors.filter((branch) =>
    branch.every((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys' || inner.code === 'custom'),
  );
  const [branch] = deeper;
  if (branch === undefined || deeper.length > 1) return [issue];
  return branch.flatMap((inner) => mostTelling({ ...inner, path: [...issue.path, ...inner.path] }));
}

function findingsOf(issue: Issue, schema: z.ZodType, value: unknown): readonly Finding[] {
  const path = settingPath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path, value);
    return issue.keys.slice(0, mostProblems + 1).map((key) => ({
      path: [...path, key],
      atKey: true,
      expected: known.length === 0 ? 'no such key' : `one of the keys ${known.join(', ')}`,
      found: `the key ${key.slice(0, 60)}`,
      suggestion: closest(key, known),
    }));
  }
  const leftOut = foundWhenLeftOut(issue, path, value);
  const found = isSensitive(issue, path) ? { found: notShown } : leftOut === undefined ? {} : { found: leftOut };
  const keys = issue.code === 'invalid_type' && isGroup(issue.expected) ? knownKeys(schema, path, value) : [];
  return [
    {
      path,
      expected: `${expectation(issue)}${keysText(keys)}`,
      suggestion: suggestionFor(issue, path, value),
      ...found,
    },
  ];
}

/** What a check of ours says of a setting that is not there, for it has judged its default. */
function foundWhenLeftOut(issue: Issue, path: SettingPath, value: unknown): string | undefined {
  if (issue.code !== 'custom' || valueAt(value, path) !== undefined) return undefined;
  const found: unknown = issue.params?.foundWhenLeftOut;
  return typeof found === 'string' ? found : undefined;
}

function isGroup(expected: string): boolean {
  return typeNames[expected] === typeNames['object'];
}

/** More keys than this nobody reads in a sentence. */
const mostKeysTold = 8;

/** Whoever wrote a word where a group belongs does not know its keys. */
function keysText(keys: readonly string[]): string {
  if (keys.length === 0) return '';
  const more = keys.length > mostKeysTold ? ', …' : '';
  return ` with the keys ${keys.slice(0, mostKeysTold).join(', ')}${more}`;
}

function isSensitive(issue: Issue, path: SettingPath): boolean {
  return /Secrets?$/.test(path.findLast((part) => typeof part === 'string') ?? '') || /password/.test(issue.message);
}

/** Our own messages begin with "must be"; the library's are put in words here. */
function expectation(issue: Issue): string {
  if (issue.message.startsWith('must be ')) return issue.message.slice('must be '.length);
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values.map(String));
    case 'invalid_union':
      return oneOf(allowedWords(issue));
    case 'too_big':
      return `at most ${bound(issue.origin, issue.maximum)}`;
    case 'too_small':
      return issue.inclusive === false
        ? `more than ${bound(issue.origin, issue.minimum)}`
        : `at least ${bound(issue.origin, issue.minimum)}`;
    case 'not_multiple_of':
      return `a multiple of ${String(issue.divisor)}`;
    case 'invalid_format':
      return `text in the form ${issue.format}`;
    case 'invalid_key':
      return issue.issues.map(expectation).join(' and ');
    case 'invalid_element':
    case 'unrecognized_keys':
    case 'custom':
      return issue.message;
  }
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'a group of settings',
  record: 'a group of settings',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function bound(origin: string, limit: number | bigint): string {
  if (origin === 'string') return `${String(limit)} characters`;
  if (origin === 'array') return `${String(limit)} ${limit === 1 ? 'entry' : 'entries'}`;
  return String(limit);
}

function oneOf(words: readonly string[]): string {
  return words.length === 1 ? (words[0] ?? '') : `one of ${words.join(', ')}`;
}

function allowedWords(issue: Extract<Issue, { code: 'invalid_union' }>): readonly string[] {
  if ('options' in issue && Array.isArray(issue.options)) return issue.options.map(String);
  return [...new Set(issue.errors.flatMap((branch) => branch.map(expectation)))];
}

function suggestionFor(issue: Issue, path: SettingPath, value: unknown): string | undefined {
  if (issue.code === 'custom') {
    const suggestion: unknown = issue.params?.suggestion;
    return typeof suggestion === 'string' ? suggestion : undefined;
  }
  const here = valueAt(value, path);
  if (typeof here !== 'string') return undefined;
  if (issue.code === 'invalid_value') return closest(here, issue.values.map(String));
  if (issue.code === 'invalid_union') return closest(here, wordsOf(issue));
  return undefined;
}

function wordsOf(issue: Extract<Issue, { code: 'invalid_union' }>): readonly string[] {
  if ('options' in issue && Array.isArray(issue.options)) return issue.options.map(String);
  return issue.errors.flatMap((branch) =>
    branch.flatMap((inner) =>
      inner.code === 'invalid_value' && inner.path.length === 0 ? inner.values.map(String) : [],
    ),
  );
}

function settingPath(path: readonly PropertyKey[]): SettingPath {
  return path.map((segment) => (typeof segment === 'symbol' ? String(segment) : segment));
}
