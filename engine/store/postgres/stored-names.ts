import type { Pool } from 'pg';

/** Whether an application ever had a release. */
export async function isStoredApplication(pool: Pool, name: string): Promise<boolean> {
  const { rowCount } = await pool.query('select from application where name = $1', [name]);
  return rowCount === 1;
}

/** Every application that ever had a release, in the order of the alphabet. */
export async function readApplicationNames(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>('select name from application order by name');
  return rows.map(({ name }) => name);
}

/** Every environment that something ran in or was promoted into, whatever the rules say by now. */
export async function readEnvironmentNames(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(
    'select name from environment union select to_environment from promotion order by name',
  );
  return rows.map(({ name }) => name);
}
