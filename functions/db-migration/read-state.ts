import type { StateResponse } from '../../engine/contract/database-function-api.ts';
import type { CallContext } from './context.ts';
import { readApplied, schemaVersionOf } from './control/applied-migration.ts';
import { schemaHash } from './schema/canonical-schema.ts';
import { dumpSchema } from './schema/pg-dump.ts';
import { withSession } from './session.ts';

/** What is applied and what the schema looks like; writes nothing. */
export async function readState(context: CallContext, database: string): Promise<StateResponse> {
  const applied = await withSession(context.connections, database, readApplied);
  return {
    schemaVersion: schemaVersionOf(applied),
    applied: applied.flatMap(({ version, name, kind, checksum, finishedAt }) =>
      finishedAt === null ? [] : [{ version, name, kind, checksum, appliedAt: finishedAt }],
    ),
    unfinished: applied.filter((row) => row.finishedAt === null).map((row) => row.version),
    schemaHash: schemaHash(await dumpSchema(context.connections, database)),
  };
}
