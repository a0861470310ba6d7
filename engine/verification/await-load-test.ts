import { judgeLoadTests } from '../gates/judge-load-tests.ts';
import { notJudged, overrule } from '../gates/judge-gates.ts';
import { loadSettingsSchema } from '../gates/load-settings.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { GateAnswer } from '../plan/plan.ts';
import { overrideOf } from '../workflow/override.ts';
import type { StepContext } from '../workflow/step-definition.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';

/** How the load test after the deployment stands. */
export type LoadTestStanding =
  | { readonly kind: 'not-demanded' }
  | { readonly kind: 'judged'; readonly answer: GateAnswer; readonly isMissing: boolean }
  | { readonly kind: 'awaited'; readonly until: Date; readonly why: string };

/**
 * Judges the load test that somebody ran against the release since this promotion deployed it. One that is bad is judged
 * at once; one that is missing, or does not say what is asked, is waited for as long as the rules say, and is then what
 * absent evidence counts as. An older one says nothing about this deployment, however young it is.
 * @param healthySince from when the rules' wait is counted: nobody can put load on what is not well yet.
 */
export async function awaitLoadTest(context: StepContext<unknown>, healthySince: Date): Promise<LoadTestStanding> {
  const { promotion, release, queries, clock } = context;
  const requirement = promotion.definition.gates.find(
    ({ gate, phases }) => gate === 'load' && phases?.includes('after'),
  );
  if (requirement === undefined) return { kind: 'not-demanded' };
  const skipped = overrideOf(promotion, 'skip-validation');
  if (skipped !== undefined) return { kind: 'judged', answer: notJudged(requirement, skipped), isMissing: false };

  const now = clock.now();
  const settings = loadSettingsSchema.parse(requirement.config);
  const all = await queries.evidence(release.digest);
  const deployedAt = whenDeployed(context, healthySince);
  const evidence = all.filter(({ collectedAt }) => collectedAt >= deployedAt);
  // What was measured since the deployment stays about it, however long the release is watched.
  const subject = { evidence, requirement: { ...requirement, maxAgeSeconds: undefined }, now };
  const finding = judgeLoadTests(subject, 'after', settings);
  const judged = (answer: Omit<GateAnswer, 'gate'>, isMissing: boolean): LoadTestStanding => {
    const [answered = { gate: 'load', ...answer }] = overrule(context, [{ gate: 'load', ...answer }]);
    return { kind: 'judged', answer: answered, isMissing };
  };
  if (finding.kind !== 'missing') {
    return judged({ verdict: finding.kind, detail: finding.detail, evidence: finding.evidence }, false);
  }
  const until = new Date(healthySince.getTime() + settings.waitSeconds * 1000);
  const why = hasOlder(all, deployedAt) ? `${finding.detail}; there is one from before it` : finding.detail;
  if (now < until) return { kind: 'awaited', until, why };
  const detail = `${why}, after ${describeSeconds(settings.waitSeconds)}`;
  return judged({ verdict: requirement.onMissing === 'warn' ? 'warn' : 'fail', detail, evidence: [] }, true);
}

/** With a canary, when all traffic came to it. */
function whenDeployed({ promotion }: StepContext<unknown>, healthySince: Date): Date {
  const finished = promotion.steps.flatMap(({ name, finishedAt }) =>
    deployingSteps.includes(name) && finishedAt !== undefined ? [finishedAt.getTime()] : [],
  );
  return finished.length === 0 ? healthySince : new Date(Math.max(...finished));
}

const deployingSteps: readonly string[] = ['deploy', 'shift-canary'];

function hasOlder(evidence: readonly Evidence[], deployedAt: Date): boolean {
  return evidence.some(
    ({ fact, collectedAt }) => fact.kind === 'load' && fact.phase === 'after' && collectedAt < deployedAt,
  );
}
