import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { Logger } from 'pino';
import { problemOfError } from './problem-of-error.ts';
import { ProblemError, problemKinds, type Problem } from './problem.ts';

/** Answers with what went wrong. What nobody is told the inside of goes into the log, under a reference that is told. */
export function answerProblem(context: Context, error: unknown, log: Logger): Response {
  const known = problemOfError(error);
  if (known !== undefined) return answer(context, known, null);
  const reference = randomUUID();
  log.error({ err: error, reference, method: context.req.method, path: context.req.path }, 'a request failed');
  const failure = new ProblemError('internal', 'something failed that should not', {
    remedy: `ask whoever runs the server to look for ${reference} in its log`,
  });
  return answer(context, failure, reference);
}

function answer(context: Context, error: ProblemError, reference: string | null): Response {
  const { status, title } = problemKinds[error.kind];
  const problem: Problem = {
    type: `/docs#${error.kind}`,
    title,
    status,
    detail: error.message.toWellFormed(),
    code: error.kind,
    remedy: error.remedy ?? null,
    errors: [...error.errors],
    reference,
  };
  for (const [name, value] of Object.entries(error.headers)) context.header(name, value);
  return context.body(JSON.stringify(problem), status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  });
}
