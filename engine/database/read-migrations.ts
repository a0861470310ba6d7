import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { migrationChecksum } from '../contract/database-function-api.ts';
import type { Migration } from '../release.ts';

/** Everything that is wrong with a folder of migrations, each as `file:line: what`. */
export class MigrationFilesError extends Error {
  override readonly name = 'MigrationFilesError';
  readonly problems: readonly string[];

  constructor(folder: string, problems: readonly string[]) {
    super(
      `${problems.length === 1 ? '1 problem' : `${problems.length} problems`} in ${folder}:\n${problems.join('\n')}`,
    );
    this.problems = problems;
  }
}

/**
 * Reads `NNN_name.up.sql` and `NNN_name.down.sql`. The comments at the top of an up file say how it is treated:
 * `-- kind: expand` or `-- kind: contract` (required), `-- no-transaction`, and `-- down: lossless` when reverting
 * it discards nothing that was written since. Versions begin at 1 and leave none out.
 * @throws MigrationFilesError
 */
export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.toLowerCase().endsWith('.sql'));
  const files = names.map(async (name) => ({ name, bytes: await readFile(path.join(folder, name)) }));
  return parseMigrations(folder, await Promise.all(files));
}

/**
 * The same of files that somebody has read already.
 * @param source where they are from, in words.
 * @throws MigrationFilesError
 */
export function parseMigrations(
  source: string,
  given: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): readonly Migration[] {
  const problems: string[] = [];
  const files = new Map<string, SqlFile>();
  for (const { name, bytes } of given.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const match = FILE_NAME.exec(name);
    if (match === null) {
      problems.push(
        `${name}:1: a migration is called NNN_name.up.sql or NNN_name.down.sql, with letters, digits, - and _`,
      );
      continue;
    }
    const [, digits = '', title = '', direction = ''] = match;
    const content = readSql(bytes);
    if ('problem' in content) problems.push(`${name}:1: ${content.problem}`);
    else
      files.set(name, {
        name,
        stem: `${digits}_${title}`,
        version: Number(digits),
        title,
        direction,
        sql: content.sql,
      });
  }
  const ups = [...files.values()].filter((file) => file.direction === 'up').toSorted((a, b) => a.version - b.version);
  const migrations = ups.flatMap((up) => readMigration(up, files.get(`${up.stem}.down.sql`), problems));
  checkNumbering(ups, files, problems);
  if (problems.length > 0) throw new MigrationFilesError(source, problems.toSorted());
  return migrations;
}

const FILE_NAME = /^([0-9]{1,9})_([A-Za-z0-9][A-Za-z0-9_-]*)\.(up|down)\.sql$/;

interface SqlFile {
  readonly name: string;
  readonly stem: string;
  readonly version: number;
  readonly title: string;
  readonly direction: string;
  readonly sql: string;
}

function readSql(bytes: Uint8Array): { readonly sql: string } | { readonly problem: string } {
  let sql: string;
  try {
    sql = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { problem: 'is not UTF-8' };
  }
  if (sql.startsWith('\uFEFF'))
    return { problem: 'begins with a byte order mark, which Postgres does not read; remove it' };
  if (sql.includes('\0')) return { problem: 'holds a NUL character, which Postgres does not read' };
  if (sql.trim() === '') return { problem: 'is empty' };
  return { sql };
}

function readMigration(up: SqlFile, down: SqlFile | undefined, problems: string[]): readonly Migration[] {
  const headers = readHeaders(up, problems);
  if (down !== undefined) refuseHeaders(down, problems);
  if (headers.kind === undefined) return [];
  return [
    {
      version: up.version,
      name: up.title,
      kind: headers.kind,
      transactional: !headers.noTransaction,
      up: up.sql,
      ...(down === undefined ? {} : { down: down.sql }),
      downLosesData: !headers.downLossless,
      checksum: migrationChecksum(up.sql, down?.sql),
    },
  ];
}

interface Headers {
  readonly kind: Migration['kind'] | undefined;
  readonly noTransaction: boolean;
  readonly downLossless: boolean;
}

const HEADER = /^--\s*(kind(?=\s*:)|down(?=\s*:)|no-transaction\b)\s*:?\s*(.*)$/;

function readHeaders(file: SqlFile, problems: string[]): Headers {
  let kind: Migration['kind'] | undefined;
  const seen = new Map<string, number>();
  let wrongKind = false;
  for (const { name, value, line, atTop } of headerLines(file)) {
    const complain = (what: string): void => {
      problems.push(`${file.name}:${line}: ${what}`);
    };
    const earlier = seen.get(name);
    if (!atTop) complain(`"-- ${name}" stands after the first statement; move it to the top of the file`);
    else if (earlier !== undefined) complain(`"-- ${name}" was already said on line ${earlier}`);
    else if (name === 'kind' && value !== 'expand' && value !== 'contract') {
      wrongKind = true;
      complain(`kind is "${value}"; write expand or contract`);
    } else if (name === 'down' && value !== 'lossless')
      complain(`down is "${value}"; write lossless, or leave the line out`);
    else if (name === 'no-transaction' && value !== '') complain('nothing follows "-- no-transaction"');
    if (atTop && earlier === undefined) seen.set(name, line);
    if (name === 'kind' && (value === 'expand' || value === 'contract')) kind ??= value;
  }
  if (kind === undefined && !wrongKind) {
    problems.push(`${file.name}:1: the kind is missing; begin the file with "-- kind: expand" or "-- kind: contract"`);
  }
  return { kind, noTransaction: seen.has('no-transaction'), downLossless: seen.has('down') };
}

function refuseHeaders(file: SqlFile, problems: string[]): void {
  for (const { name, line, atTop } of headerLines(file)) {
    if (atTop) problems.push(`${file.name}:${line}: "-- ${name}" belongs in the up file`);
  }
}

function* headerLines(file: SqlFile): Generator<{ name: string; value: string; line: number; atTop: boolean }> {
  let atTop = true;
  for (const [index, text] of file.sql.split('\n').entries()) {
    const trimmed = text.trim();
    if (trimmed !== '' && !trimmed.startsWith('--')) atTop = false;
    const match = HEADER.exec(trimmed);
    // Below the top, only what cannot be prose or part of a string is taken for a header that slipped.
    if (
      match !== null &&
      (atTop || /^--\s*(kind:\s*(expand|contract)|down:\s*lossless|no-transaction)$/.test(trimmed))
    ) {
      yield { name: match[1] ?? '', value: match[2] ?? '', line: index + 1, atTop };
    }
  }
}

function checkNumbering(ups: readonly SqlFile[], files: ReadonlyMap<string, SqlFile>, problems: string[]): void {
  for (const [index, up] of ups.entries()) {
    const previous = ups[index - 1];
    const expected = (previous?.version ?? 0) + 1;
    if (previous?.version === up.version) problems.push(`${up.name}:1: version ${up.version} is also ${previous.name}`);
    else if (up.version !== expected)
      problems.push(`${up.name}:1: follows version ${expected - 1}, so ${expected} is missing`);
  }
  for (const file of files.values()) {
    if (file.direction === 'down' && !files.has(`${file.stem}.up.sql`)) {
      problems.push(`${file.name}:1: there is no ${file.stem}.up.sql beside it`);
    }
  }
}
