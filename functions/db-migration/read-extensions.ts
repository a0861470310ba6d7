import type { ExtensionsResponse } from '../../engine/contract/database-function-api.ts';
import type { CallContext } from './context.ts';
import { withSession } from './session.ts';

/** Which extensions the database has, and which its server could give it; writes nothing. */
export async function readExtensions(context: CallContext, database: string): Promise<ExtensionsResponse> {
  return withSession(context.connections, database, async (session) => {
    const { rows: installed } = await session.query<{ name: string; version: string }>(
      'select extname as name, extversion as version from pg_catalog.pg_extension order by extname',
    );
    const { rows: available } = await session.query<{ name: string }>(
      'select name from pg_catalog.pg_available_extensions order by name',
    );
    return { installed, available: available.map(({ name }) => name) };
  });
}
