import type { GateAnswer } from '../plan/plan.ts';
import type { GateRequirement } from '../workflow/definition.ts';
import { RequirementsNotMetError, type StepContext } from '../workflow/step-definition.ts';
import { builtInGates } from './built-in-gates.ts';
import { judge } from './gate.ts';

/** Judges gates of a step's promotion one after the other, all of them even when one fails, and logs each answer. */
export async function judgeGates(
  context: StepContext<unknown>,
  requirements: readonly GateRequirement[],
): Promise<readonly GateAnswer[]> {
  const { promotion, release, ports, queries, clock, effect, log } = context;
  const { application, definition } = promotion;
  const evidence = await queries.evidence(release.digest);
  const answers: GateAnswer[] = [];
  for (const requirement of requirements) {
    const answer = await judge(builtInGates, {
      requirement,
      application,
      definition,
      release,
      evidence,
      ports,
      queries,
      now: clock.now(),
      signal: effect.signal,
    });
    log(`${answer.verdict} ${answer.gate}: ${answer.detail}`);
    answers.push(answer);
  }
  return answers;
}

/**
 * @param missing what else stands in the way, a line each.
 * @throws RequirementsNotMetError naming every gate that failed and everything that is missing.
 */
export function refuseFailed(answers: readonly GateAnswer[], missing: readonly string[] = []): void {
  const failed = answers.filter(({ verdict }) => verdict === 'fail');
  const reasons = [...failed.map(({ gate, detail }) => `${gate}: ${detail}`), ...missing];
  if (reasons.length > 0) throw new RequirementsNotMetError(reasons.join('\n'), answers);
}
