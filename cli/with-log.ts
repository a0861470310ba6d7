import type { CommandContext } from './command-context.ts';
import { LogFile, logged } from './log-file.ts';
import { causeWithOriginal } from '../engine/wording/cause-text.ts';

export interface LogRequest {
  /** `--log` as it was given: a file, or that there shall be one. */
  readonly log: string | boolean | undefined;
  /** What its name begins with when none was given: `promotion`. */
  readonly prefix: string;
}

/**
 * Lets a command work whose words stay in a file as well, when that was asked for, and says where.
 * @param work gets the file to write more into.
 */
export async function withLog(
  context: CommandContext,
  { log, prefix }: LogRequest,
  work: (context: CommandContext, log: LogFile | undefined) => Promise<number>,
): Promise<number> {
  if (log === undefined || log === false) return work(context, undefined);
  const file =
    typeof log === 'string'
      ? LogFile.create(log)
      : LogFile.createNamed(context.logFolder, prefix, context.machineClock.now());
  try {
    return await work({ ...context, terminal: logged(context.terminal, file) }, file);
  } catch (error) {
    // Told on the terminal by whoever called, who knows how.
    file.write(`error: ${causeWithOriginal(error)}\n`);
    throw error;
  } finally {
    file.close();
    context.terminal.writeError(`The log is in ${file.path}\n`);
  }
}
