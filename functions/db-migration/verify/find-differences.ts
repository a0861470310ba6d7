import type pg from 'pg';
import { checksumOf, hashesOf, middleKey, type Checksum, type ComparedTable, type KeyRange } from './checksum.ts';

/** What differs in one table. */
export interface TableDifference {
  readonly table: ComparedTable;
  readonly source: Checksum;
  readonly target: Checksum;
  /** Keys of rows that are on one side only or are others there, as JSON; some of them. Empty where nothing tells rows apart. */
  readonly keys: readonly { readonly key: string; readonly difference: 'missing' | 'added' | 'changed' }[];
}

export interface Sides {
  readonly source: pg.Client;
  readonly target: pg.Client;
}

/** So few rows are looked at one by one. */
const fewRows = 500;
const mostKeys = 20;

/** Compares a table on both sides; undefined: it is the same. A difference is narrowed down to the rows that differ. */
export async function findDifference(sides: Sides, table: ComparedTable): Promise<TableDifference | undefined> {
  const [source, target] = await checksums(sides, table, { after: undefined, upTo: undefined });
  if (isSame(source, target)) return undefined;
  const keys: TableDifference['keys'][number][] = [];
  if (table.key.length > 0) await narrow(sides, table, { after: undefined, upTo: undefined }, [source, target], keys);
  return { table, source, target, keys };
}

async function narrow(
  sides: Sides,
  table: ComparedTable,
  range: KeyRange,
  [source, target]: readonly [Checksum, Checksum],
  keys: TableDifference['keys'][number][],
): Promise<void> {
  if (keys.length >= mostKeys) return;
  const larger = source.rows >= target.rows ? sides.source : sides.target;
  const rows = Math.max(source.rows, target.rows);
  const middle = rows <= fewRows ? undefined : await middleKey(larger, table, range, rows);
  if (middle === undefined) {
    keys.push(...(await differentRows(sides, table, range)).slice(0, mostKeys - keys.length));
    return;
  }
  for (const half of [
    { after: range.after, upTo: middle },
    { after: middle, upTo: range.upTo },
  ]) {
    const both = await checksums(sides, table, half);
    if (!isSame(...both)) await narrow(sides, table, half, both, keys);
  }
}

async function differentRows(
  { source, target }: Sides,
  table: ComparedTable,
  range: KeyRange,
): Promise<TableDifference['keys']> {
  const [before, after] = await Promise.all([hashesOf(source, table, range), hashesOf(target, table, range)]);
  const missing = [...before.keys()].filter((key) => !after.has(key));
  const added = [...after.keys()].filter((key) => !before.has(key));
  const changed = [...before].filter(([key, hash]) => after.has(key) && after.get(key) !== hash).map(([key]) => key);
  return [
    ...missing.map((key) => ({ key, difference: 'missing' as const })),
    ...added.map((key) => ({ key, difference: 'added' as const })),
    ...changed.map((key) => ({ key, difference: 'changed' as const })),
  ];
}

async function checksums(
  { source, target }: Sides,
  table: ComparedTable,
  range: KeyRange,
): Promise<readonly [Checksum, Checksum]> {
  return Promise.all([checksumOf(source, table, range), checksumOf(target, table, range)]);
}

function isSame(one: Checksum, other: Checksum): boolean {
  return one.rows === other.rows && one.sum === other.sum;
}
