import { readFile } from 'node:fs/promises';
import path from 'node:path';

interface ScanRule {
  readonly id: string;
  readonly description: string;
  /** From 0 to 10, as CVSS counts: 9 and more is critical, 7 and more high, 4 and more medium. */
  readonly severity: number;
  readonly pattern: RegExp;
}

const rules: readonly ScanRule[] = [
  {
    id: 'secret-in-source',
    description: 'A password, key or token is written into the source.',
    severity: 9.8,
    pattern: /(?:password|secret|token|api_?key)\w*\s*[:=]\s*(['"`])[^'"`$\s]{8,}\1/gi,
  },
  {
    id: 'code-from-text',
    description: 'Text is run as code.',
    severity: 8.8,
    pattern: /\beval\s*\(|\bnew Function\s*\(/g,
  },
  {
    id: 'sql-from-text',
    // A constant of the same file is no danger: what comes from elsewhere is a property or the answer of a call.
    description: 'A query is put together from what came from elsewhere, instead of parameters.',
    severity: 8.6,
    pattern: /\bquery(?:<[^>]*>)?\(\s*`[^`]*\$\{[^}]*[.(]/g,
  },
  {
    id: 'unverified-tls',
    description: 'The other side of an encrypted connection is not verified.',
    severity: 7.4,
    pattern: /rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/g,
  },
  {
    id: 'starts-processes',
    description: 'A service starts other programs.',
    severity: 5.3,
    pattern: /from 'node:child_process'/g,
  },
];

/**
 * Looks through sources for what a reviewer would not let pass, as scanners do, and reports it as they do.
 * @param files inside the folder, by their path in it.
 * @returns SARIF 2.1.0; a file that cannot be read throws, because a scan of less than everything is none.
 */
export async function scanSources(directory: string, files: readonly string[]): Promise<string> {
  const results = await Promise.all(
    files.map(async (file) => resultsIn(file, await readFile(path.join(directory, file), 'utf8'))),
  );
  const driver = {
    name: 'shop-scan',
    rules: rules.map(({ id, description, severity }) => ({
      id,
      shortDescription: { text: description },
      properties: { 'security-severity': severity.toFixed(1) },
    })),
  };
  const run = { tool: { driver }, invocations: [{ executionSuccessful: true }], results: results.flat() };
  return `${JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] })}\n`;
}

function resultsIn(file: string, text: string) {
  return rules.flatMap(({ id, description, pattern }) =>
    [...text.matchAll(pattern)].map(({ index }) => ({
      ruleId: id,
      level: 'error',
      message: { text: description },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: file },
            region: { startLine: text.slice(0, index).split('\n').length },
          },
        },
      ],
    })),
  );
}
