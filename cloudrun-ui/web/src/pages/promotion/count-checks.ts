import type { Check } from '../../api/queries.ts';
import type { StatusKind } from '../../status/status.ts';

/** Each check as it was judged last: what had gone stale while it waited was judged again. Images are judged one by one. */
export function latestChecks(checks: readonly Check[]): readonly Check[] {
  return checks.filter(
    ({ check }, index) => check.startsWith('image ') || checks.findLastIndex((each) => each.check === check) === index,
  );
}

/** What checks came to together: "all 9 passed", and how ready the environments are where that was asked. */
export function countChecks(checks: readonly Pick<Check, 'check' | 'verdict' | 'detail'>[]): {
  readonly kind: StatusKind;
  readonly words: string;
} {
  const count = (verdict: string): number => checks.filter((each) => each.verdict === verdict).length;
  const [failed, warned, skipped] = [count('fail'), count('warn'), count('skipped')];
  const readiness = checks.map(({ check, detail }) => (check === 'readiness' ? scoreIn(detail) : undefined));
  const score = readiness.find((each) => each !== undefined);
  const words = [
    failed > 0
      ? `${String(failed)} of ${String(checks.length)} failed`
      : warned > 0
        ? `${String(checks.length)} passed, ${String(warned)} with a warning`
        : skipped > 0
          ? `${String(checks.length - skipped)} passed`
          : `all ${String(checks.length)} passed`,
    ...(skipped > 0 ? [`${String(skipped)} not judged`] : []),
    ...(score === undefined ? [] : [`ready to ${score}`]),
  ].join(' · ');
  return { kind: failed > 0 ? 'failed' : warned + skipped > 0 ? 'waiting' : 'promoted', words };
}

/** The gate says it first: "readiness 96.4 %". */
function scoreIn(detail: string): string | undefined {
  return /^readiness ([\d.]+ %)/.exec(detail)?.[1];
}
