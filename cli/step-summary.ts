import { closeSync, constants, fstatSync, openSync, writeSync } from 'node:fs';
import { renderSummary } from '../engine/promotion-service.ts';
import type { CommandContext } from './command-context.ts';
import { printable } from './printable.ts';
import type { Session } from './session.ts';
import { causeText } from '../engine/wording/cause-text.ts';

/** Only what is there already, and never through a link or into a pipe: the name comes from outside. */
const append = constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Appends what happened to a promotion to the summary of a step of GitHub Actions, when `GITHUB_STEP_SUMMARY` names its
 * file. A summary that cannot be written is told, and changes nothing about the promotion.
 */
export async function writeStepSummary(context: CommandContext, session: Session, promotionId: string): Promise<void> {
  const file = context.environment['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  try {
    appendToFile(file, renderSummary(await session.service.report(session.actor, promotionId)));
  } catch (error) {
    const why = causeText(error);
    context.terminal.writeError(`! no summary was written to GITHUB_STEP_SUMMARY: ${printable(why)}\n`);
  }
}

function appendToFile(file: string, text: string): void {
  const descriptor = openSync(file, append);
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error(`${file} is no file`);
    writeSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}
