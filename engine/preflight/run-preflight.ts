import { classifyError } from '../workflow/errors/classify-error.ts';
import type { PreflightCheckName, PreflightContext } from './preflight-check.ts';
import { preflightChecks } from './preflight-checks.ts';

const patienceSeconds = 20;

/** What was found, a line for each thing that was looked at. */
export interface PreflightFinding {
  readonly name: PreflightCheckName;
  readonly subject: string;
  readonly verdict: 'ok' | 'warn' | 'fail';
  /** What was found, or what is wrong and what to do about it. */
  readonly detail: string;
}

/** Something that a promotion needs is not there; all of it is told at once, and nothing was changed. */
export class PreflightError extends AggregateError {
  override readonly name = 'PreflightError';
}

/**
 * Looks at everything that a promotion will need, all at the same time.
 * @param names the checks that matter to it.
 * @throws PreflightError with every error, so that what kind it is follows from the worst of them.
 */
export async function runPreflight(
  context: PreflightContext,
  names: readonly PreflightCheckName[],
  log: (line: string) => void,
): Promise<readonly PreflightFinding[]> {
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(patienceSeconds * 1000)]);
  const errors = new Map<PreflightCheckName, unknown>();
  const findings = await Promise.all(
    preflightChecks
      .filter(({ name }) => names.includes(name))
      .map(async ({ name, subject, isOptional, look }): Promise<PreflightFinding> => {
        const about = { name, subject: subject(context.definition) };
        try {
          return { ...about, verdict: 'ok', detail: await look({ ...context, signal }) };
        } catch (error) {
          context.signal.throwIfAborted();
          const { message, remedy } = classifyError(error);
          if (!isOptional) errors.set(name, error);
          return { ...about, verdict: isOptional ? 'warn' : 'fail', detail: `${message} — ${remedy}` };
        }
      }),
  );
  for (const { verdict, subject, detail } of findings) log(`${verdict} ${subject}: ${detail}`);
  // Where the platform is away, most of the rest is away with it: whoever reads one line must read that.
  const isPlatform = ({ name }: PreflightFinding): boolean => isAway(errors.get(name));
  const failed = findings
    .filter(({ verdict }) => verdict === 'fail')
    .toSorted((one, other) => Number(isPlatform(other)) - Number(isPlatform(one)));
  if (failed.length === 0) return findings;
  const lines = failed.map(({ subject, detail }) => `${subject}: ${detail}`);
  throw new PreflightError(
    failed.map(({ name }) => errors.get(name)),
    `nothing was changed, because what it needs is not there:\n${lines.join('\n')}`,
  );
}

function isAway(error: unknown): boolean {
  return error instanceof Error && error.name === 'PlatformAwayError';
}
