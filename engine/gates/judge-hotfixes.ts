import { covers, type Waiver } from '../evidence/waiver.ts';
import type { GateAnswer } from '../plan/plan.ts';
import type { Release } from '../release.ts';
import type { Containment } from '../source/source-history.ts';
import type { StepContext } from '../workflow/step-definition.ts';
import type { PromotedHotfix } from '../workflow/step-queries.ts';
import { causeText } from '../wording/cause-text.ts';

/** A repository that does not answer is told as such; it does not hold the promotion up for long. */
const patienceSeconds = 60;

/** How a waiver names a hotfix that a release may lack. */
export function hotfixFinding(release: string): string {
  return `hotfix:${release}`;
}

/**
 * Whether the release has every hotfix of its application: its commits, or commits that make the same changes. One that
 * has not would bring back what was mended. Only a waiver lets it through; force and skipped validation do not. What
 * cannot be found out is not there.
 */
export async function judgeHotfixes(context: StepContext<unknown>): Promise<readonly GateAnswer[]> {
  const { promotion, release, queries, clock, log } = context;
  const { application } = promotion;
  const hotfixes = (await queries.hotfixes(application)).filter((hotfix) => hotfix.release.id !== release.id);
  if (hotfixes.length === 0) return [];
  const waivers = await queries.waivers(application);
  const answers: GateAnswer[] = [];
  for (const hotfix of hotfixes) {
    const found = await containmentOf(context, hotfix);
    const finding = hotfixFinding(hotfix.release.name);
    const waiver = waivers.find((each) => each.finding === finding && covers(each, release, clock.now()));
    const answer = answerOf(hotfix, release, found, waiver);
    log(`${answer.verdict} ${answer.gate}: ${answer.detail}`);
    answers.push(answer);
  }
  return answers;
}

type Found = { readonly containment: Containment } | { readonly unknown: string };

function answerOf(
  { release: hotfix }: PromotedHotfix,
  release: Release,
  found: Found,
  waiver: Waiver | undefined,
): GateAnswer {
  const gate = `hotfix ${hotfix.name}`;
  const commit = (hotfix.content.source?.commit ?? 'unknown').slice(0, 7);
  const told = (verdict: GateAnswer['verdict'], detail: string): GateAnswer => ({
    gate,
    verdict,
    detail,
    evidence: [],
  });
  if ('containment' in found && found.containment !== 'absent') {
    const how = found.containment === 'commit' ? `commit ${commit}` : `the same change as commit ${commit}`;
    return told('pass', `${release.name} has the hotfix ${hotfix.name} (${how})`);
  }
  const problem =
    'unknown' in found
      ? `nobody can tell whether ${release.name} has the hotfix ${hotfix.name}: ${found.unknown}`
      : `${release.name} has neither the commit ${commit} of the hotfix ${hotfix.name} nor its change`;
  if (waiver !== undefined) {
    const until = waiver.expiresAt.toISOString();
    return told('warn', `${problem}; waived by ${waiver.owner} until ${until}: ${waiver.reason}`);
  }
  return told('fail', problem);
}

async function containmentOf(
  { release, ports, effect }: StepContext<unknown>,
  { release: hotfix, standsOn }: PromotedHotfix,
): Promise<Found> {
  const [source, fix] = [release.content.source, hotfix.content.source];
  if (source === undefined) return { unknown: `${release.name} does not say which commit it was made from` };
  if (fix === undefined) return { unknown: `${hotfix.name} does not say which commit it was made from` };
  if (source.repository !== fix.repository) {
    return { unknown: `it comes from ${source.repository}, the hotfix from ${fix.repository}` };
  }
  if (source.commit === fix.commit) return { containment: 'commit' };
  const limited = AbortSignal.any([effect.signal, AbortSignal.timeout(patienceSeconds * 1000)]);
  try {
    const { commit } = fix;
    return {
      containment: await ports.source.fixContainment(source.repository, source.commit, { commit, standsOn }, limited),
    };
  } catch (error) {
    effect.signal.throwIfAborted();
    return { unknown: causeText(error) };
  }
}
