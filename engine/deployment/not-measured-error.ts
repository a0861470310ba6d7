import { VerificationFailedError } from './deployment-failed-error.ts';

/** What the failure of a promotion is called whose release could not be judged. */
export const notMeasuredCode = 'NOT_MEASURED';

/**
 * Nobody knows how the release is, because too little was measured until the time was over. It is taken back like one that
 * is not well, for what is unknown never passes; nothing is known against it either, so that it may come again.
 */
export class NotMeasuredError extends VerificationFailedError {
  override readonly name = 'NotMeasuredError';
  readonly code = notMeasuredCode;
}
