import pg from 'pg';
import { quoteName, type NamedObject } from '../backups/user-objects.ts';

/** A table as both sides have it. */
export interface ComparedTable extends NamedObject {
  readonly columns: readonly string[];
  /** What tells rows apart and orders them; empty: nothing does. */
  readonly key: readonly string[];
}

/** Rows from one key on, up to and with another one; undefined: from the first, or to the last. */
export interface KeyRange {
  /** As text, column by column; rows behind it. */
  readonly after: readonly string[] | undefined;
  readonly upTo: readonly string[] | undefined;
}

export interface Checksum {
  readonly rows: number;
  /** Of every row's hash, in whatever order they come. */
  readonly sum: string;
}

const everything: KeyRange = { after: undefined, upTo: undefined };

/**
 * Sums up the rows of a table inside its server. The session must have the copy settings, so that equal values are equal texts.
 * Hashes go by bytes, whatever the database's collation.
 */
export async function checksumOf(
  session: pg.Client,
  table: ComparedTable,
  range: KeyRange = everything,
): Promise<Checksum> {
  const { condition, values } = conditionOf(table.key, range);
  const { rows } = await session.query<{ rows: string; sum: string }>(
    `SELECT count(*)::text AS rows, coalesce(sum(${rowHash(table.columns)}::numeric), 0)::text AS sum
     FROM ONLY ${quoteName(table)} t WHERE ${condition}`,
    [...values],
  );
  const [{ rows: count, sum } = { rows: '0', sum: '0' }] = rows;
  return { rows: Number(count), sum };
}

/** Each row's key and hash, in the order of keys. */
export async function hashesOf(
  session: pg.Client,
  table: ComparedTable,
  range: KeyRange,
): Promise<ReadonlyMap<string, string>> {
  const { condition, values } = conditionOf(table.key, range);
  const { rows } = await session.query<{ key: string; hash: string }>(
    `SELECT ${keyText(table.key)} AS key, ${rowHash(table.columns)}::text AS hash
     FROM ONLY ${quoteName(table)} t WHERE ${condition}`,
    [...values],
  );
  return new Map(rows.map(({ key, hash }) => [key, hash]));
}

/** The key in the middle of some rows; undefined: there are none. */
export async function middleKey(
  session: pg.Client,
  table: ComparedTable,
  range: KeyRange,
  rowCount: number,
): Promise<readonly string[] | undefined> {
  const { condition, values } = conditionOf(table.key, range);
  const columns = table.key.map((column) => `t.${pg.escapeIdentifier(column)}`);
  const { rows } = await session.query<{ key: readonly string[] }>(
    `SELECT ARRAY[${columns.map((column) => `${column}::text`).join(', ')}] AS key
     FROM ONLY ${quoteName(table)} t WHERE ${condition}
     ORDER BY ${columns.join(', ')} LIMIT 1 OFFSET ${String(Math.max(0, Math.floor(rowCount / 2) - 1))}`,
    [...values],
  );
  return rows[0]?.key;
}

function rowHash(columns: readonly string[]): string {
  const values = columns.map((column) => `t.${pg.escapeIdentifier(column)}`);
  return `hashtextextended(ROW(${values.join(', ')})::text COLLATE "C", 0)`;
}

function keyText(key: readonly string[]): string {
  return `jsonb_build_array(${key.map((column) => `t.${pg.escapeIdentifier(column)}::text`).join(', ')})::text`;
}

/** Texts are read back as the columns' own types by the comparison. */
function conditionOf(
  key: readonly string[],
  { after, upTo }: KeyRange,
): { readonly condition: string; readonly values: readonly string[] } {
  const columns = `ROW(${key.map((column) => `t.${pg.escapeIdentifier(column)}`).join(', ')})`;
  const values = [...(after ?? []), ...(upTo ?? [])];
  const places = (from: number): string => `ROW(${key.map((_, index) => `$${String(from + index + 1)}`).join(', ')})`;
  const conditions = [
    ...(after === undefined ? [] : [`${columns} > ${places(0)}`]),
    ...(upTo === undefined ? [] : [`${columns} <= ${places(after?.length ?? 0)}`]),
  ];
  return { condition: conditions.length === 0 ? 'true' : conditions.join(' AND '), values };
}
