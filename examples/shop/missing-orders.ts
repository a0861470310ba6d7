import pg from 'pg';

/**
 * Which acknowledged orders the database does not hold now.
 * @param acknowledged ids answered with 201.
 * @throws when the database cannot be asked: unknown is not "none missing".
 */
export async function findMissingOrders(
  acknowledged: readonly string[],
  databaseUrl: string,
): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  // A connection that breaks while idle is reported by the query that follows.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ readonly id: string }>(
      `select given.id from unnest($1::uuid[]) as given (id)
       where not exists (select from orders where orders.id = given.id)`,
      [acknowledged],
    );
    return rows.map(({ id }) => id);
  } finally {
    await client.end();
  }
}

/** How many acknowledged orders the database does not hold now. @throws as `findMissingOrders` does. */
export async function countMissing(acknowledged: readonly string[], databaseUrl: string): Promise<number> {
  return (await findMissingOrders(acknowledged, databaseUrl)).length;
}
