import { z } from 'zod';
import { environmentTarget } from '../../engine/workflow/compile-target.ts';
import type { PromotionRecord } from '../../engine/workflow/promotion.ts';
import type { DoctorFinding } from '../session.ts';
import { lookTimeoutMs, reasonOf, runningPlaces, type DoctorWorld } from './doctor-world.ts';

const proposalSchema = z.object({ commit: z.string(), base: z.string() });

/**
 * Whether the configuration repository holds what runs: changes were pushed, and nobody pushed something else meanwhile,
 * which is what a promotion that does not get on conflicts with.
 */
export async function* examineConfiguration(world: DoctorWorld): AsyncIterable<DoctorFinding> {
  const active = await world.store.listPromotions({ isActive: true, limit: 100 });
  for (const { application, name } of await runningPlaces(world)) {
    const moving = active.find((each) => each.application === application && each.toEnvironment === name);
    yield await examine(world, application, name, moving);
  }
}

async function examine(
  { ports, rules }: DoctorWorld,
  application: string,
  environment: string,
  moving: PromotionRecord | undefined,
): Promise<DoctorFinding> {
  const { repository, branch, path } = environmentTarget(rules, application, environment).configuration;
  const subject = `configuration · ${environment}`;
  const signal = AbortSignal.timeout(lookTimeoutMs);
  try {
    const configuration = ports.configuration(repository);
    const head = await configuration.head(branch, signal);
    if ((await configuration.read(head, path, signal)) === undefined) {
      const remedy = `commit ${path} to ${branch} of ${repository}`;
      return { subject, level: 'fail', detail: `${path} is missing on branch ${branch}`, remedy };
    }
    const conflict = moving === undefined ? undefined : conflictOf(moving, head, branch);
    if (conflict !== undefined) return { subject, ...conflict };
    const running = (await ports.deployment.status(environment, signal)).desired?.configurationCommit;
    if (running === undefined || running === head) {
      return { subject, level: 'ok', detail: `${branch} is at what runs (${head.slice(0, 7)})` };
    }
    // While it is on its way, the branch and what runs differ for a moment.
    if (moving !== undefined) return { subject, level: 'ok', detail: `${moving.id} is on its way` };
    if (await configuration.isAncestor(running, head, signal)) {
      const detail = `${branch} is at ${head.slice(0, 7)}, and ${running.slice(0, 7)} runs: somebody pushed what no promotion brought`;
      const remedy = `git log ${running.slice(0, 7)}..${head.slice(0, 7)} in ${repository} says what; the next promotion takes it along: promote plan ${application} --to ${environment}`;
      return { subject, level: 'warn', detail, remedy };
    }
    const detail = `${branch} is at ${head.slice(0, 7)}, which does not hold ${running.slice(0, 7)}, which runs: it was never pushed, or the branch was rewritten`;
    const remedy = `merge ${running.slice(0, 7)} back into ${branch} of ${repository}, and push it`;
    return { subject, level: 'fail', detail, remedy };
  } catch (error) {
    const remedy = `see that ${repository} is reached from here and has the branch ${branch}`;
    return { subject, level: 'fail', detail: reasonOf(error), remedy };
  }
}

/** What a promotion proposed is built on one commit; the branch must still be there, or already at the proposal. */
function conflictOf(
  { id, steps }: PromotionRecord,
  head: string,
  branch: string,
): Pick<DoctorFinding, 'level' | 'detail' | 'remedy'> | undefined {
  const step = steps.find(({ name }) => name === 'promote-configuration');
  const proposal = proposalSchema.safeParse(step?.output);
  if (!proposal.success || step?.compensation !== undefined) return undefined;
  const { commit, base } = proposal.data;
  if (head === base || head === commit) return undefined;
  return {
    level: 'fail',
    detail: `${id} is built on ${base.slice(0, 7)}, and somebody pushed ${head.slice(0, 7)} to ${branch} since: they conflict`,
    remedy: `promote cancel ${id} --reason "<reason>", then ask for it again`,
  };
}
