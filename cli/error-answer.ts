import {
  NewerEngineError,
  NotAuthorizedError,
  NotFoundError,
  RefusedError,
  RulesFileError,
  UnclearRequestError,
  UnknownNameError,
  UnknownReleaseError,
} from '../engine/promotion-service.ts';
import { exitCodes } from './exit-code.ts';
import { SetupError } from './setup-error.ts';
import { InterruptedError } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface ErrorAnswer {
  readonly message: string;
  /** What to do, where the message does not say it. */
  readonly remedy: string | undefined;
  readonly exitCode: number;
}

/** Whether asking again cannot mend it: it is an answer, and not the want of one. */
export function isAnswer(error: unknown): boolean {
  return answerFor(error, '', '') !== undefined;
}

/** Whether a word means nothing here, or more than one thing: the command cannot be carried out as it was typed. */
function isAboutWords(error: unknown): error is Error {
  return (
    error instanceof UnknownNameError || error instanceof UnknownReleaseError || error instanceof UnclearRequestError
  );
}

/** What a person can be told as it is. */
export function answerFor(error: unknown, command: string, invocation: string): ErrorAnswer | undefined {
  if (error instanceof UsageError) {
    return {
      message: error.message,
      remedy: `${invocation} ${command} --help shows how it is typed`,
      exitCode: exitCodes.usage,
    };
  }
  if (error instanceof RulesFileError) {
    const remedy = `correct it; ${invocation} rules check ${error.file} shows the same`;
    return { message: error.message, remedy, exitCode: exitCodes.usage };
  }
  if (isAboutWords(error)) {
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
