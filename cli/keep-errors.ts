import type { LogFile } from './log-file.ts';
import { errorLines } from './render/error-lines.ts';
import type { Session } from './session.ts';

/** Writes into a log every error of a promotion with its kind, its severity and what was tried, and counts them. */
export async function keepErrors(session: Session, promotionId: string, log: LogFile): Promise<void> {
  const { errors } = await session.service.report(session.actor, promotionId);
  log.write(`\nErrors:\n${errorLines(errors).join('\n')}\n`);
}
