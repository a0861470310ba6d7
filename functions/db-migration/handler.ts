import type { HttpFunction, Request, Response } from '@google-cloud/functions-framework';
import { REQUEST_BODY_LIMIT_BYTES } from '../../engine/contract/database-function-api.ts';
import type { CallerAuthentication } from './caller-authentication.ts';
import type { FunctionParts } from './context.ts';
import { FunctionError } from './function-error.ts';
import { findRoute } from './routes.ts';

/** One line of the function's log, in the shape Cloud Logging reads. */
export interface LogEntry {
  readonly severity: 'INFO' | 'WARNING' | 'ERROR';
  readonly message: string;
  readonly [field: string]: string | number;
}

export interface HandlerParts extends FunctionParts {
  readonly authentication: CallerAuthentication;
  readonly log: (entry: LogEntry) => void;
}

/** The whole function as one HTTP handler; every failure is answered as a problem (RFC 9457). */
export function createHandler(parts: HandlerParts): HttpFunction {
  return async (request, response) => {
    const began = parts.clock.elapsedMs();
    const gone = new AbortController();
    response.on('close', () => {
      gone.abort();
    });
    let code = 'ok';
    try {
      await parts.authentication.verify(request.headers.authorization);
      const operation = findRoute(request.method, request.path);
      const answer = await operation({ ...parts, signal: gone.signal }, bodyOf(request));
      response.status(200).json(answer);
    } catch (error) {
      const failure = failureOf(error, gone.signal, parts.log);
      code = failure.code;
      refuse(response, failure);
    }
    parts.log({
      severity: code === 'ok' ? 'INFO' : 'WARNING',
      message: `${request.method} ${request.path.slice(0, 200)}: ${code}`,
      durationMs: Math.round(parts.clock.elapsedMs() - began),
    });
  };
}

function bodyOf(request: Request): unknown {
  if (request.method === 'GET') return undefined;
  if ((request.rawBody?.length ?? 0) > REQUEST_BODY_LIMIT_BYTES) {
    throw new FunctionError('body-too-large', `A request may hold ${REQUEST_BODY_LIMIT_BYTES} bytes at most.`);
  }
  if (request.is('application/json') === false) {
    throw new FunctionError('unsupported-media-type', 'Send JSON, with "Content-Type: application/json".');
  }
  return request.body as unknown;
}

function failureOf(error: unknown, gone: AbortSignal, log: HandlerParts['log']): FunctionError {
  if (error instanceof FunctionError) return error;
  if (gone.aborted) return new FunctionError('database-busy', 'The caller went away while this call was waiting.');
  log({
    severity: 'ERROR',
    message: error instanceof Error ? error.message : 'something that is not an error was thrown',
    stack: error instanceof Error ? (error.stack ?? '') : '',
  });
  return new FunctionError('internal', 'The function failed in a way it does not know; its log holds the error.');
}

function refuse(response: Response, failure: FunctionError): void {
  if (response.destroyed) return;
  const problem = failure.toProblem();
  if (failure.code === 'unauthenticated') response.set('WWW-Authenticate', 'Bearer');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
