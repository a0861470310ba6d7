import { Tokenizer, TokenType } from '@streamparser/json';
import type { EvidenceFormat } from './formats.ts';

/** The name of the first element of an XML document, past its declaration, comments and document type. */
const rootElement = /^\s*(?:<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>[]*>\s*)*<([A-Za-z_][\w.:-]*)/;
const byRootElement: ReadonlyMap<string, EvidenceFormat> = new Map([
  ['testsuites', 'junit'],
  ['testsuite', 'junit'],
  ['coverage', 'cobertura'],
]);

/** Keys of the outermost object, or of the objects in the outermost list, that only one format has. */
const byObjectKey: ReadonlyMap<string, EvidenceFormat> = new Map([
  ['runs', 'sarif'],
  ['matches', 'grype'],
  ['SchemaVersion', 'trivy'],
  ['Results', 'trivy'],
  ['root_group', 'k6'],
  ['metrics', 'k6'],
  ['results', 'k6'],
  ['reviews', 'code-review'],
  ['latestReviews', 'code-review'],
  ['reviewDecision', 'code-review'],
  ['isClean', 'source'],
  ['isPushed', 'source'],
]);
const byItemKey: ReadonlyMap<string, EvidenceFormat> = new Map([
  ['filePath', 'eslint'],
  ['messages', 'eslint'],
  ['labels', 'bugs'],
  ['createdAt', 'bugs'],
]);

/**
 * Which format a report is in, by how it begins. SARIF is taken for that of a security scanner, since a linter's
 * must not count as a scan that found nothing.
 * @returns undefined when the beginning does not tell.
 */
export function recogniseFormat(beginning: string): EvidenceFormat | undefined {
  const [first] = beginning.trimStart();
  switch (first) {
    case '<':
      return byRootElement.get(rootElement.exec(beginning)?.[1] ?? '');
    case '{':
    case '[':
      return recogniseJson(beginning);
    default:
      return /^\s*(?:#[^\n]*\n\s*)*(?:TN:[^\n]*\n\s*)*SF:/.test(beginning) ? 'lcov' : undefined;
  }
}

function recogniseJson(beginning: string): EvidenceFormat | undefined {
  const isList = beginning.trimStart().startsWith('[');
  const known = isList ? byItemKey : byObjectKey;
  const depthOfKeys = isList ? 2 : 1;
  let depth = 0;
  let candidate = '';
  let format: EvidenceFormat | undefined;
  const tokenizer = new Tokenizer();
  tokenizer.onToken = ({ token, value }) => {
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) depth += 1;
    else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) depth -= 1;
    else if (token === TokenType.STRING) candidate = String(value);
    else if (token === TokenType.COLON && depth === depthOfKeys) format ??= known.get(candidate);
  };
  try {
    tokenizer.write(beginning);
  } catch {
    // What is wrong with it is told by the reader of the format, if one is known by now.
  }
  return format;
}
