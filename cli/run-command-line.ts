import { CommanderError } from 'commander';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-code.ts';
import { writeJsonLine } from './json/write-json.ts';
import type { PromoteCommand } from './promote-command.ts';
import { buildProgram } from './program.ts';
import { errorJson, reportError } from './report-error.ts';

/** Runs one command. @param words what was typed after `promote`. @returns the exit code; never throws. */
export async function runCommandLine(words: readonly string[], context: CommandContext): Promise<number> {
  const isJson = words.includes('--json');
  let exitCode: number = exitCodes.ok;
  const program = buildProgram(context, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(error, commandIn(words, program), isJson, context);
    // Commander has told it already; help that was asked for is no error.
    if (error.exitCode === 0) return exitCodes.ok;
    if (isJson) {
      const command = commandIn(words, program);
      const remedy = `${context.invocation} ${command === '' ? '' : `${command} `}--help shows how it is typed`;
      writeJsonLine(context.terminal, errorJson({ message: error.message, remedy, exitCode: exitCodes.usage }));
    }
    return exitCodes.usage;
  }
}

/** The command by all of its words (`release create`), so that what is proposed about it is about no other. */
function commandIn(words: readonly string[], program: PromoteCommand): string {
  const named: string[] = [];
  let command: PromoteCommand | undefined = program;
  for (const word of words) {
    command = command.below.find((each) => each.name() === word);
    if (command === undefined) break;
    named.push(word);
  }
  return named.join(' ');
}
