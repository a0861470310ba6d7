import type pg from 'pg';

/** Text that reads back as the same value whatever the role's own settings are, of every row or not at all. */
export const copySettings: readonly (readonly [string, string])[] = [
  ['search_path', ''],
  ['extra_float_digits', '3'],
  ['DateStyle', 'ISO, YMD'],
  ['IntervalStyle', 'iso_8601'],
  ['bytea_output', 'hex'],
  ['TimeZone', 'UTC'],
  // Row security that would hide rows from this role is an error, never a smaller backup.
  ['row_security', 'off'],
];

/** For the rest of the transaction that is open. */
export async function useCopySettings(session: pg.Client): Promise<void> {
  for (const [name, value] of copySettings) await session.query('SELECT set_config($1, $2, true)', [name, value]);
}
