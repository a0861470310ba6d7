import {
  NewerEngineError,
  NotAuthorizedError,
  NotFoundError,
  RefusedError,
  UnclearRequestError,
  UnknownNameError,
} from '../engine/promotion-service.ts';
import { SetupError } from './setup-error.ts';
import { RulesFileError, UsageError } from './usage-error.ts';

/** Whether asking again cannot mend it: it is an answer, and not the want of one. */
export function isFinalError(error: unknown): boolean {
  return (
    error instanceof NotFoundError ||
    error instanceof NotAuthorizedError ||
    error instanceof RefusedError ||
    error instanceof NewerEngineError ||
    error instanceof UnclearRequestError ||
    error instanceof UnknownNameError ||
    error instanceof UsageError ||
    error instanceof RulesFileError ||
    error instanceof SetupError
  );
}
