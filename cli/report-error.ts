import {
  NewerEngineError,
  NotAuthorizedError,
  NotFoundError,
  RefusedError,
  UnclearRequestError,
  UnknownNameError,
} from '../engine/promotion-service.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-code.ts';
import { writeJsonLine } from './json/write-json.ts';
import { printable, printableLines } from './printable.ts';
import { SetupError } from './setup-error.ts';
import { InterruptedError } from './terminal.ts';
import { RulesFileError, UsageError } from './usage-error.ts';

interface Report {
  readonly message: string;
  /** What to do, where the message does not say it. */
  readonly remedy: string | undefined;
  readonly exitCode: number;
}

/** Says what went wrong and what to do, never with a stack trace. @returns the exit code. */
export function reportError(error: unknown, command: string, isJson: boolean, context: CommandContext): number {
  const report = expected(error, command, context) ?? unexpected(error, command, context);
  const { terminal } = context;
  const [first = '', ...rest] = printableLines(report.message);
  const lines = [`${terminal.paint.red('error:')} ${first}`, ...rest];
  if (report.remedy !== undefined) lines.push(printable(report.remedy));
  terminal.writeError(`${lines.join('\n')}\n`);
  if (isJson) {
    const { message, remedy, exitCode } = report;
    writeJsonLine(terminal, { error: { message, remedy: remedy ?? null, exitCode } });
  }
  return report.exitCode;
}

/** What a person can be told as it is. */
function expected(error: unknown, command: string, { invocation }: CommandContext): Report | undefined {
  if (error instanceof UsageError) {
    return {
      message: error.message,
      remedy: `${invocation} ${command} --help shows how it is typed`,
      exitCode: exitCodes.usage,
    };
  }
  if (error instanceof RulesFileError) {
    const remedy = `correct it; ${invocation} rules check shows the same`;
    return { message: error.message, remedy, exitCode: exitCodes.usage };
  }
  if (error instanceof UnknownNameError || error instanceof UnclearRequestError) {
    return { message: error.message, remedy: undefined, exitCode: exitCodes.usage };
  }
  if (error instanceof InterruptedError) {
    return { message: error.message, remedy: undefined, exitCode: exitCodes.interrupted };
  }
  if (error instanceof SetupError) return { message: error.message, remedy: error.remedy, exitCode: exitCodes.failed };
  if (error instanceof RefusedError) {
    const exitCode = error.isRequirement ? exitCodes.requirementsNotMet : exitCodes.failed;
    return { message: error.message, remedy: undefined, exitCode };
  }
  if (error instanceof NotFoundError || error instanceof NotAuthorizedError || error instanceof NewerEngineError) {
    return { message: error.message, remedy: undefined, exitCode: exitCodes.failed };
  }
  return undefined;
}

function unexpected(error: unknown, command: string, context: CommandContext): Report {
  const message = messageOf(error);
  const file = context.failures.write(command, error);
  const details = file === undefined ? '' : `the details are in ${file}; `;
  return { message, remedy: `${details}${context.invocation} doctor looks for the cause`, exitCode: exitCodes.failed };
}

/** The first line of what is known; errors that only bundle others say nothing themselves. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return messageOf(error.errors[0]);
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split('\n').find((each) => each.trim() !== '');
  return line ?? 'something failed without saying what';
}
