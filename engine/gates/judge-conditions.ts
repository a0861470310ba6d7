import type { GateAnswer } from '../plan/plan.ts';
import { RequirementsNotMetError, type StepContext } from '../workflow/step-definition.ts';
import { gatesBeforeDeployment, judgeGates, overrule } from './judge-gates.ts';
import { judgeHotfixes } from './judge-hotfixes.ts';

export type Conditions =
  | { readonly kind: 'soaking'; readonly detail: string; readonly until: Date }
  | { readonly kind: 'judged'; readonly answers: readonly GateAnswer[] };

/**
 * Judges what the rules demand before anybody is asked: that the release is verified in the source and has soaked there,
 * every gate, and that no hotfix is missing. While it soaks, what the soak cannot bring is named. A dry run does not wait for the soak: what is missing of it is an answer.
 * @throws RequirementsNotMetError when the release was never verified in the source.
 */
export async function judgeConditions(context: StepContext<unknown>, soakSeconds: number): Promise<Conditions> {
  const { promotion, release, queries, clock } = context;
  const { definition, application } = promotion;
  const { name: source } = definition.source;
  const deployed = await queries.deployedReleases(application, source);
  const verifiedAt = deployed.find((each) => each.release.id === release.id)?.verifiedAt;
  const entersLane = definition.hotfix?.isEntry === true;
  if (verifiedAt === undefined && !entersLane) {
    throw new RequirementsNotMetError(`${release.name} was never verified in ${source}; promote it there first`);
  }
  const soakedAt = new Date((verifiedAt ?? clock.now()).getTime() + soakSeconds * 1000);
  const detail = `${release.name} must be verified in ${source} until ${soakedAt.toISOString()}`;
  const isSoaking = soakedAt > clock.now();
  if (isSoaking && !promotion.isDryRun) {
    return { kind: 'soaking', detail: [detail, ...(await lackingNow(context))].join('; '), until: soakedAt };
  }

  // Whoever only looks wants to know all that is missing now, not to wait for one thing after the other.
  const soak = isSoaking ? [{ gate: 'soak', verdict: 'fail', detail, evidence: [] } as const] : [];
  const gates = overrule(context, await judgeGates(context, gatesBeforeDeployment(definition.gates)));
  return { kind: 'judged', answers: [...soak, ...gates, ...(await judgeHotfixes(context))] };
}

/** Gates that are told by reports about the release; waiting brings none of them. */
const toldByReports: readonly string[] = ['tests', 'coverage', 'findings', 'codeReview', 'bugs', 'lint', 'performance'];

/** What no soak brings and is not met yet: whoever waits for the soak can see to it meanwhile, not only after it. */
async function lackingNow(context: StepContext<unknown>): Promise<readonly string[]> {
  const requirements = gatesBeforeDeployment(context.promotion.definition.gates);
  const told = requirements.filter(({ gate }) => toldByReports.includes(gate));
  const failed = overrule(context, await judgeGates(context, told)).filter(
    ({ verdict, forcedBy }) => verdict === 'fail' && forcedBy === undefined,
  );
  if (failed.length === 0) return [];
  return [
    `then it also needs what is not met so far: ${failed.map(({ gate, detail }) => `${gate}: ${detail}`).join(', ')}`,
  ];
}
