import type { ZodError } from 'zod';
import { ProblemError, type WrongPart } from './problem.ts';

const parts: Readonly<Record<string, WrongPart['in']>> = {
  param: 'path',
  query: 'query',
  header: 'header',
  json: 'body',
};

/** Refuses a request whose words or body are not as documented, with the place of each mistake. */
export function refuseInvalid(
  result: { readonly target: string } & (
    { readonly success: true } | { readonly success: false; readonly error: ZodError }
  ),
): void {
  if (result.success) return;
  const part = parts[result.target] ?? 'body';
  const errors = result.error.issues.map(({ path, message }): WrongPart => {
    const at = path.map((each) => `/${String(each).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    return { in: part, at, message };
  });
  const [first] = errors;
  const where = first === undefined ? part : `${first.in}${first.at === '' ? '' : ` ${first.at}`}: ${first.message}`;
  throw new ProblemError(
    'invalid-request',
    errors.length > 1 ? `${where}, and ${String(errors.length - 1)} more` : where,
    {
      errors,
      remedy: '/docs describes every request',
    },
  );
}
