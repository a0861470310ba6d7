import type pg from 'pg';
import type { Statement } from './split-statements.ts';

/** The index that a CREATE INDEX CONCURRENTLY makes: names as the statement writes them. */
export interface ConcurrentIndex {
  readonly index: string;
  readonly table: string;
}

/** @returns undefined when the statement is something else */
export function indexBuiltConcurrently(statement: Statement): ConcurrentIndex | 'unnamed' | undefined {
  const words = [...statement.head];
  const take = (...expected: string[]): boolean => {
    if (!expected.every((word, position) => words[position] === word)) return false;
    words.splice(0, expected.length);
    return true;
  };
  if (!take('CREATE')) return undefined;
  take('UNIQUE');
  if (!take('INDEX', 'CONCURRENTLY')) return undefined;
  take('IF', 'NOT', 'EXISTS');
  if (words[0] === 'ON') return 'unnamed';
  const index = words.shift() ?? '';
  if (!take('ON')) return undefined;
  take('ONLY');
  return { index, table: qualifiedName(words) };
}

/** @returns the index that a DROP INDEX CONCURRENTLY drops, undefined when the statement is something else */
export function indexDroppedConcurrently(statement: Statement): string | undefined {
  const words = [...statement.head];
  if (words.splice(0, 3).join(' ') !== 'DROP INDEX CONCURRENTLY') return undefined;
  if (words.slice(0, 2).join(' ') === 'IF EXISTS') words.splice(0, 2);
  return qualifiedName(words);
}

/** What an interrupted build left behind; `valid` means that it had finished. */
export async function findIndex(
  session: pg.Client,
  built: ConcurrentIndex,
): Promise<{ readonly valid: boolean; readonly name: string } | undefined> {
  const { rows } = await session.query<{ valid: boolean; name: string }>(
    `SELECT i.indisvalid AND i.indisready AS valid, format('%I.%I', n.nspname, c.relname) AS name
     FROM pg_catalog.pg_index i
     JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE i.indrelid = to_regclass($1) AND c.relname = (parse_ident($2))[1]`,
    [built.table, built.index],
  );
  return rows[0];
}

export async function relationExists(session: pg.Client, name: string): Promise<boolean> {
  const { rows } = await session.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [name]);
  return rows[0]?.found === true;
}

function qualifiedName(words: readonly string[]): string {
  let name = words[0] ?? '';
  for (let at = 1; words[at] === '.'; at += 2) name += `.${words[at + 1] ?? ''}`;
  return name;
}
