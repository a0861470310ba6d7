import type { CommandContext } from './command-context.ts';
import { answerFor, type ErrorAnswer } from './error-answer.ts';
import { exitCodes } from './exit-code.ts';
import { writeJsonLine } from './json/write-json.ts';
import { printable, printableLines } from './printable.ts';
import { splitRemedy } from '../engine/wording/split-remedy.ts';
import { causeWithOriginal } from '../engine/wording/cause-text.ts';

/** Says what went wrong and what to do, never with a stack trace. @returns the exit code. */
export function reportError(error: unknown, command: string, isJson: boolean, context: CommandContext): number {
  const report = answerFor(error, command, context.invocation) ?? unexpected(error, command, context);
  const { terminal } = context;
  const [first = '', ...rest] = printableLines(report.message);
  const lines = [`${terminal.paint.red('error:')} ${first}`, ...rest];
  if (report.remedy !== undefined) lines.push(printable(report.remedy));
  terminal.writeError(`${lines.join('\n')}\n`);
  if (isJson) {
    writeJsonLine(terminal, errorJson(report));
  }
  return report.exitCode;
}

/** An error as programs read it: what to do stands apart also where the message says it. */
export function errorJson({ message: said, remedy: given, exitCode }: ErrorAnswer) {
  const { message, remedy } = given === undefined ? splitRemedy(said) : { message: said, remedy: given };
  return { error: { message, remedy: remedy ?? null, exitCode } };
}

function unexpected(error: unknown, command: string, context: CommandContext): ErrorAnswer {
  const [message = 'something failed without saying what'] = linesOf(causeWithOriginal(error));
  const file = context.failures.write(command, error);
  const details = file === undefined ? '' : `the details are in ${file}; `;
  return { message, remedy: `${details}${context.invocation} doctor looks for the cause`, exitCode: exitCodes.failed };
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
