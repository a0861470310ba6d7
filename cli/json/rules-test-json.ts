import type { ScenarioResult } from '../rules-tests.ts';

/** One scenario of a file, as `promote rules test --json` prints it. */
export function scenarioJson({ name, line, isPassed, failures, from, to, steps }: ScenarioResult) {
  return {
    name,
    line,
    ok: isPassed,
    from,
    to,
    steps,
    failures: failures.map((failure) => ({ ...failure, why: failure.why ?? null })),
  };
}
