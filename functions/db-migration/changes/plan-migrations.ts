import type { PlanRequest, PlanResponse } from '../../../engine/contract/database-function-api.ts';
import type { CallContext } from '../context.ts';
import { readApplied } from '../control/applied-migration.ts';
import { withSession } from '../session.ts';
import { statementsOf } from './migration-script.ts';
import { checksumMismatches, pendingOf } from './order.ts';

/** What applying the given migrations would run; writes nothing. */
export async function planMigrations(
  context: CallContext,
  database: string,
  request: PlanRequest,
): Promise<PlanResponse> {
  const applied = await withSession(context.connections, database, readApplied);
  return {
    pending: pendingOf(applied, request.migrations).map((migration) => ({
      version: migration.version,
      name: migration.name,
      kind: migration.kind,
      transactional: migration.transactional,
      statements: statementsOf(migration, 'up').map((statement) => statement.text),
    })),
    checksumMismatches: [...checksumMismatches(applied, request.migrations)],
  };
}
