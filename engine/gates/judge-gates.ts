import type { JsonObject } from '../json.ts';
import type { GateAnswer } from '../plan/plan.ts';
import type { GateRequirement } from '../workflow/definition.ts';
import { overrideOf, type Override } from '../workflow/override.ts';
import { counted } from '../wording/counted.ts';
import { RequirementsNotMetError, type StepContext } from '../workflow/step-definition.ts';
import { builtInGates } from './built-in-gates.ts';
import { judge } from './gate.ts';

/**
 * Judges gates of a step's promotion one after the other, all of them even when one fails, and logs each answer. None is
 * judged when somebody skipped validation.
 */
export async function judgeGates(
  context: StepContext<unknown>,
  requirements: readonly GateRequirement[],
): Promise<readonly GateAnswer[]> {
  const { promotion, release, ports, queries, gates = builtInGates, clock, effect, log } = context;
  const { application, definition } = promotion;
  const skipped = overrideOf(promotion, 'skip-validation');
  if (skipped !== undefined) return requirements.map((requirement) => notJudged(requirement, skipped));
  const evidence = await queries.evidence(release.digest);
  const answers: GateAnswer[] = [];
  for (const requirement of requirements) {
    const answer = await judge(gates, {
      requirement,
      application,
      definition,
      release,
      overrides: promotion.overrides,
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

/** The gates that are judged before anything moves; the others are a matter of verification. */
export function gatesBeforeDeployment(requirements: readonly GateRequirement[]): readonly GateRequirement[] {
  return requirements.filter(({ phases = ['before'] }) => phases.includes('before'));
}

/** Marks failed gates that somebody overruled; they stay failed, and no longer hold the promotion up. */
export function overrule(
  { promotion, log }: StepContext<unknown>,
  answers: readonly GateAnswer[],
): readonly GateAnswer[] {
  const force = overrideOf(promotion, 'force');
  if (force === undefined) return answers;
  return answers.map((answer) => {
    if (answer.verdict !== 'fail') return answer;
    log(`${answer.gate} is overruled by ${force.by}: ${force.reason}`);
    return { ...answer, forcedBy: force.by };
  });
}

/**
 * @param missing what else stands in the way, a line each.
 * @throws RequirementsNotMetError naming every gate that failed without being overruled, and everything that is missing.
 */
export function refuseFailed(answers: readonly GateAnswer[], missing: readonly string[] = []): void {
  const failed = answers.filter(({ verdict, forcedBy }) => verdict === 'fail' && forcedBy === undefined);
  const reasons = [...failed.map(({ gate, detail }) => `${gate}: ${detail}`), ...missing];
  if (reasons.length > 0) throw new RequirementsNotMetError(reasons.join('\n'), answers);
}

/** What a step keeps of its answers: all of them, and whether one was overruled. */
export function judgedOutput(answers: readonly GateAnswer[]): JsonObject {
  const gates = answers.map((answer) => ({ ...answer }));
  return isOverruled(answers) ? { gates, isOverruled: true } : { gates };
}

/** `6 gates passed, 1 warned, 2 failed and overruled by olga`. */
export function answersText(answers: readonly GateAnswer[]): string {
  const saying = (verdict: GateAnswer['verdict']): number => answers.filter((each) => each.verdict === verdict).length;
  const skipped = saying('skipped');
  if (skipped > 0) return `${counted(skipped, 'gate')} skipped`;
  if (answers.length === 0) return 'no gate to pass';
  const overruled = answers.filter(({ forcedBy }) => forcedBy !== undefined);
  const warned = saying('warn');
  return [
    `${counted(saying('pass'), 'gate')} passed`,
    ...(warned === 0 ? [] : [`${String(warned)} warned`]),
    ...(overruled.length === 0
      ? []
      : [`${String(overruled.length)} failed and overruled by ${overruled[0]?.forcedBy ?? ''}`]),
  ].join(', ');
}

function isOverruled(answers: readonly GateAnswer[]): boolean {
  return answers.some(({ forcedBy }) => forcedBy !== undefined);
}

/** The answer of a gate that somebody set aside together with all others. */
export function notJudged({ gate, name }: GateRequirement, { by, reason }: Override): GateAnswer {
  const detail = `not judged, because ${by} skipped validation: ${reason}`;
  return { gate: name ?? gate, verdict: 'skipped', detail, evidence: [] };
}
