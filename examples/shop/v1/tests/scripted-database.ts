import type { Database } from '../platform/database.ts';

export interface Query {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A database that answers as told and remembers what it was asked; how it treats SQL is the database's own matter. */
export function scriptedDatabase(answer: (text: string, values: readonly unknown[]) => readonly unknown[]): {
  readonly database: Database;
  readonly queries: readonly Query[];
  readonly releases: readonly (Error | undefined)[];
} {
  const queries: Query[] = [];
  const releases: (Error | undefined)[] = [];
  const query = async (text: string, values: readonly unknown[] = []): Promise<{ rows: readonly unknown[] }> => {
    queries.push({ text, values });
    return { rows: answer(text, values) };
  };
  const connect = async (): Promise<unknown> => ({
    query,
    release: (error?: Error) => releases.push(error),
  });
  return { database: { query, connect } as unknown as Database, queries, releases };
}
