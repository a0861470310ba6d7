import type { DatabaseState } from '../database/database-function.ts';
import { classifyError } from '../workflow/errors/classify-error.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

const answerTimeoutMs = 10_000;

/** What ran in a database, asked of it now. @throws RefusedError when it does not answer. */
export async function liveDatabase({ ports }: Pick<ServiceContext, 'ports'>, database: string): Promise<DatabaseState> {
  try {
    return await ports.database.state(database, AbortSignal.timeout(answerTimeoutMs));
  } catch (error) {
    throw new RefusedError(
      `${database} cannot be asked which migrations ran (${classifyError(error).message}), so nothing was changed`,
    );
  }
}
