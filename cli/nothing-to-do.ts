import type { CompleteRequest } from '../engine/promotion-service.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-code.ts';
import { writeJsonLine } from './json/write-json.ts';
import { printable } from './printable.ts';

/**
 * Says that what was asked for is so already. A pipeline that is run once more has reached what it was run for, so that is no
 * failure, and nothing was asked for.
 * @returns the exit code.
 */
export function tellNothingToDo(
  { terminal }: CommandContext,
  { application, release, from, to }: CompleteRequest,
  detail: string,
  isJson: boolean,
): number {
  const exitCode = exitCodes.ok;
  if (isJson) writeJsonLine(terminal, { type: 'nothing-to-do', exitCode, application, release, from, to, detail });
  else terminal.write(`${terminal.paint.green('✔')} ${printable(detail)}\n`);
  return exitCode;
}
