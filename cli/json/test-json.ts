import type { TestRun } from '../test-run.ts';

/** What `test --json` shows. */
export function testJson({ application, environment, release, results, isGood }: TestRun) {
  return {
    ok: isGood,
    application,
    environment,
    release: release ?? null,
    results: results.map(({ category, name, verdict, detail, remedy }) => ({
      category,
      name,
      verdict,
      detail,
      remedy: remedy ?? null,
    })),
  };
}
