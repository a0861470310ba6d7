import type { LogFile } from './log-file.ts';
import { printable } from './printable.ts';
import type { Session } from './session.ts';

const pageSize = 1000;

/** Writes into a log what the steps of a promotion wrote, oldest first. */
export async function keepStepLogs(session: Session, promotionId: string, log: LogFile): Promise<void> {
  log.write('\nWhat the steps wrote:\n');
  for (let afterSeq = 0; ;) {
    const page = await session.service.logs(session.actor, promotionId, afterSeq, pageSize);
    for (const { at, step, line } of page) log.write(`${at.toISOString()} ${step}: ${printable(line)}\n`);
    const last = page.at(-1)?.seq;
    if (last === undefined || page.length < pageSize) return;
    afterSeq = last;
  }
}
