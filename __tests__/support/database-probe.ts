import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

/** Waits for something that another process brings about; the test's own timeout is the only limit. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(10);
}

/** Whether an SQL condition is true. */
export async function holds(
  client: pg.Client,
  condition: string,
  parameters: readonly unknown[] = [],
): Promise<boolean> {
  const { rows } = await client.query<{ holds: boolean }>(`SELECT (${condition}) AS holds`, [...parameters]);
  return rows[0]?.holds === true;
}

/**
 * Whether another session of the database is in a statement that contains the text. Ask outside a transaction, which
 * would see the same answer for as long as it lasts.
 */
export async function runsStatement(client: pg.Client, fragment: string): Promise<boolean> {
  return await holds(
    client,
    `EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
     AND state = 'active' AND query LIKE '%' || $1 || '%')`,
    [fragment],
  );
}
