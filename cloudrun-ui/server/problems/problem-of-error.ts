import { HTTPException } from 'hono/http-exception';
import {
  NewerEngineError,
  NotAuthorizedError,
  NotFoundError,
  NothingToDoError,
  RefusedError,
  RulesFileError,
  UnclearRequestError,
} from '../../../engine/promotion-service.ts';
import { splitRemedy } from '../../../engine/wording/split-remedy.ts';
import { ProblemError, type ProblemKind } from './problem.ts';

/** What went wrong as a problem that can be told; undefined: it is no answer, and belongs into the log. */
export function problemOfError(error: unknown): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (error instanceof HTTPException) return problemOfHttp(error);
  if (!(error instanceof Error)) return undefined;
  const kind = kindOf(error);
  if (kind === undefined) return isUnreachable(error) ? unreachable() : undefined;
  const { message, remedy } = splitRemedy(error.message);
  return new ProblemError(kind, message, remedy === undefined ? {} : { remedy });
}

function kindOf(error: Error): ProblemKind | undefined {
  if (error instanceof NotAuthorizedError) return 'not-authorized';
  if (error instanceof NotFoundError) return 'not-found';
  if (error instanceof UnclearRequestError) return 'unclear';
  if (error instanceof NothingToDoError) return 'nothing-to-do';
  if (error instanceof RefusedError) return error.isRequirement ? 'requirements-not-met' : 'refused';
  if (error instanceof NewerEngineError) return 'newer-engine';
  if (error instanceof RulesFileError) return 'rules-wrong';
  return undefined;
}

/** What the framework itself refuses: a body that is no JSON. */
function problemOfHttp({ status, message }: HTTPException): ProblemError | undefined {
  if (status === 400) return new ProblemError('invalid-request', message === '' ? 'the body is no JSON' : message);
  return undefined;
}

/** The database went away, or answers nothing: it is not the request's fault. */
const unreachableCodes: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '53300',
];

function isUnreachable(error: Error): boolean {
  const { code } = error as { readonly code?: unknown };
  return (
    (typeof code === 'string' && unreachableCodes.includes(code)) ||
    /timeout exceeded when trying to connect|Connection terminated/.test(error.message)
  );
}

function unreachable(): ProblemError {
  return new ProblemError('unavailable', 'the database does not answer', {
    remedy: 'ask again in a moment; nothing was changed by this request unless its answer was already on its way',
    headers: { 'Retry-After': '2' },
  });
}
