import type { Pool } from 'pg';

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
