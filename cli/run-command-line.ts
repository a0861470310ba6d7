import { CommanderError } from 'commander';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-code.ts';
import { writeJsonLine } from './json/write-json.ts';
import { buildProgram } from './program.ts';
import { reportError } from './report-error.ts';

/** Runs one command. @param words what was typed after `promote`. @returns the exit code; never throws. */
export async function runCommandLine(words: readonly string[], context: CommandContext): Promise<number> {
  const isJson = words.includes('--json');
  let exitCode: number = exitCodes.ok;
  try {
    const program = buildProgram(context, (code) => {
      exitCode = code;
    });
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(error, words[0] ?? '', isJson, context);
    // Commander has told it already; help that was asked for is no error.
    if (error.exitCode === 0) return exitCodes.ok;
    if (isJson)
      writeJsonLine(context.terminal, { error: { message: error.message, remedy: null, exitCode: exitCodes.usage } });
    return exitCodes.usage;
  }
}
