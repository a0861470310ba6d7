import type { TableContents } from '../database/database-function.ts';
import type { Ports } from '../workflow/ports.ts';
import { causeText } from '../wording/cause-text.ts';

export interface TableComparison {
  readonly table: string;
  readonly from: TableContents;
  readonly to: TableContents;
  /** Undefined: one side could not be read, which is neither. */
  readonly isSame: boolean | undefined;
}

/** Counts and sums up the same tables on both sides; a side that does not answer says why for each of them. */
export async function compareTables(
  ports: Pick<Ports, 'database'>,
  tables: readonly string[],
  databases: { readonly from: string; readonly to: string },
  signal: AbortSignal,
): Promise<readonly TableComparison[]> {
  const [from, to] = await Promise.all(
    [databases.from, databases.to].map((database) => contentsOf(ports, database, tables, signal)),
  );
  return tables.map((table, index) => {
    const sides = [from?.[index] ?? notRead(table), to?.[index] ?? notRead(table)] as const;
    return { table, from: sides[0], to: sides[1], isSame: isSame(...sides) };
  });
}

async function contentsOf(
  ports: Pick<Ports, 'database'>,
  database: string,
  tables: readonly string[],
  signal: AbortSignal,
): Promise<readonly TableContents[]> {
  try {
    return await ports.database.contents(database, tables, signal);
  } catch (error) {
    signal.throwIfAborted();
    const why = causeText(error);
    return tables.map((table) => ({ kind: 'unreadable', table, why }));
  }
}

function notRead(table: string): TableContents {
  return { kind: 'unreadable', table, why: 'the database-migration function left it out of its answer' };
}

function isSame(from: TableContents, to: TableContents): boolean | undefined {
  if (from.kind === 'unreadable' || to.kind === 'unreadable') return undefined;
  if (from.kind === 'missing' || to.kind === 'missing') return from.kind === to.kind;
  return from.rows === to.rows && from.checksum === to.checksum && from.columns.join() === to.columns.join();
}
