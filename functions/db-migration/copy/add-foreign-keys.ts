import type pg from 'pg';
import type { Connections } from '../connections.ts';
import type { ForeignKey } from '../schema/plan-post-data.ts';
import { withSession } from '../session.ts';

interface KeyOrder {
  readonly target: string;
  readonly sessions: number;
  readonly signal: AbortSignal;
}

/**
 * Adds foreign keys one after another, since each locks two tables, and looks at their rows beside one another. One that is
 * there already was added by a run that did not see the end of it.
 */
export async function addForeignKeys(
  connections: Connections,
  keys: readonly ForeignKey[],
  { target, sessions, signal }: KeyOrder,
): Promise<void> {
  await withSession(connections, target, async (session) => {
    for (const { sql, table, name } of keys) {
      signal.throwIfAborted();
      if ((await standingOf(session, table, name)) === 'missing') await session.query(sql);
    }
  });
  const left = [...keys];
  await Promise.all(
    Array.from({ length: Math.min(sessions, keys.length) }, () =>
      withSession(connections, target, async (session) => {
        for (let key = left.shift(); key !== undefined; key = left.shift()) {
          signal.throwIfAborted();
          if (key.validation === undefined) continue;
          if ((await standingOf(session, key.table, key.name)) !== 'valid') await session.query(key.validation);
        }
      }),
    ),
  );
}

async function standingOf(session: pg.Client, table: string, name: string): Promise<'missing' | 'added' | 'valid'> {
  const { rows } = await session.query<{ isValid: boolean }>(
    `SELECT convalidated AS "isValid" FROM pg_catalog.pg_constraint WHERE conrelid = to_regclass($1) AND conname = $2`,
    [table, name],
  );
  return rows[0] === undefined ? 'missing' : rows[0].isValid ? 'valid' : 'added';
}
