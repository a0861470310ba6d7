import { z } from 'zod';
import type { ConfigurationRepository } from '../../engine/configuration/configuration-repository.ts';
import { GitError } from '../../engine/configuration/git-error.ts';
import type { EnvironmentState } from '../../engine/store/service-store.ts';
import { environmentTarget } from '../../engine/workflow/compile-target.ts';
import type { EnvironmentTarget } from '../../engine/workflow/definition.ts';
import { leavesOut } from '../../engine/workflow/left-out.ts';
import type { PromotionRecord } from '../../engine/workflow/promotion.ts';
import { targetStepOf } from '../../engine/workflow/target-step.ts';
import { shellWord } from '../../engine/wording/shell-word.ts';
import type { DoctorFinding } from '../session.ts';
import { lookTimeoutMs, reasonOf, runningPlaces, type DoctorWorld } from './doctor-world.ts';

const proposalSchema = z.object({ commit: z.string(), base: z.string() });
const notedSchema = z.looseObject({ commit: z.string() });
const mostActive = 100;

type Place = EnvironmentTarget['configuration'];
type Found = Omit<DoctorFinding, 'subject'>;

/**
 * Whether the configuration repository holds what runs: changes were pushed, and nobody pushed something else meanwhile,
 * which is what a promotion that does not get on conflicts with.
 */
export async function* examineConfiguration(world: DoctorWorld): AsyncIterable<DoctorFinding> {
  const active = await world.store.listPromotions({ isActive: true, limit: mostActive });
  for (const state of await runningPlaces(world)) {
    const moving = active.find(
      (each) => each.application === state.application && each.toEnvironment === state.name && !each.isDryRun,
    );
    const found = await examine(world, state, await placeOf(world, state), moving);
    yield { subject: `configuration · ${state.name}`, ...found };
  }
}

/** Where the newest promotion had it, when that was not where the rules say. */
async function placeOf(
  { store, rules }: DoctorWorld,
  { application, name, promotionId }: EnvironmentState,
): Promise<Place> {
  const newest = promotionId === undefined ? undefined : await store.load(promotionId);
  const there = newest?.definition.target.configuration;
  return there?.isRedirected === true ? there : environmentTarget(rules, application, name).configuration;
}

async function examine(
  world: DoctorWorld,
  state: EnvironmentState,
  { repository, branch, path }: Place,
  moving: PromotionRecord | undefined,
): Promise<Found> {
  const signal = AbortSignal.timeout(lookTimeoutMs);
  try {
    const configuration = world.ports.configuration(repository);
    const head = await configuration.head(branch, signal);
    if ((await configuration.read(head, path, signal)) === undefined) {
      const remedy = `commit ${path} to ${branch} of ${repository}`;
      return { level: 'fail', detail: `${path} is missing on branch ${branch}`, remedy };
    }
    const conflict = moving === undefined ? undefined : conflictOf(moving, head, branch);
    if (conflict !== undefined) return conflict;
    const { desired } = await world.ports.deployment.status(state.name, signal);
    const running = desired?.configurationCommit;
    if (running === undefined || running === head) {
      return { level: 'ok', detail: `${branch} is at what runs (${short(head)})` };
    }
    // While it is on its way, the branch and what runs differ for a moment.
    if (moving !== undefined) return { level: 'ok', detail: `${moving.id} is on its way` };
    return await difference(world, configuration, state, { repository, branch, head, running }, signal);
  } catch (error) {
    const remedy = `see that ${repository} is reached from here and has the branch ${branch}`;
    return { level: 'fail', detail: reasonOf(error), remedy };
  }
}

interface Heads {
  readonly repository: string;
  readonly branch: string;
  readonly head: string;
  readonly running: string;
}

async function difference(
  { folders }: DoctorWorld,
  configuration: ConfigurationRepository,
  { application, name }: EnvironmentState,
  { repository, branch, head, running }: Heads,
  signal: AbortSignal,
): Promise<Found> {
  if (await isIn(configuration, running, head, signal)) {
    return {
      level: 'warn',
      detail: `${branch} is at ${short(head)}, and ${short(running)} runs: somebody pushed what no promotion brought`,
      remedy: `${logCommand(folders, repository, `${short(running)}..${short(head)}`)} says what; the next promotion takes it along, as promote plan ${application} --to ${name} shows`,
    };
  }
  return {
    level: 'fail',
    detail: `${branch} is at ${short(head)}, which does not hold ${short(running)}, which runs: it was never pushed, or the branch was rewritten`,
    remedy: `merge ${short(running)} into ${branch} of ${repository}, and push it`,
  };
}

/** As it can be typed: local mode's own repository is bare, in a folder with another name than the rules have for it. */
function logCommand({ configuration }: DoctorWorld['folders'], repository: string, range: string): string {
  if (repository === 'configuration') return `git -C ${shellWord(configuration)} log ${range}`;
  const isAddress = /^[a-z+]+:\/\/|^[^/]+@[^/]+:/.test(repository);
  return isAddress ? `git log ${range} in a clone of ${repository}` : `git -C ${shellWord(repository)} log ${range}`;
}

/** What a repository does not have at all is in none of its branches. */
async function isIn(
  configuration: ConfigurationRepository,
  commit: string,
  head: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return await configuration.isAncestor(commit, head, signal);
  } catch (error) {
    if (error instanceof GitError && error.failure === 'missing-object') return false;
    throw error;
  }
}

/** What a promotion proposed is built on one commit; the branch must still be there, or already at the proposal. */
function conflictOf(promotion: PromotionRecord, head: string, branch: string): Found | undefined {
  const { id, steps } = promotion;
  if (leavesOut(promotion.definition, 'promote-configuration')) return conflictBeforeDeploy(promotion, head, branch);
  const step = steps.find(({ name }) => name === 'promote-configuration');
  const proposal = proposalSchema.safeParse(step?.output);
  if (!proposal.success || step?.compensation !== undefined) return undefined;
  const { commit, base } = proposal.data;
  return head === base || head === commit ? undefined : conflict(id, base, head, branch);
}

/** Where the images are all that is moved, `deploy` proposes and moves them at once; until then nothing is proposed. */
function conflictBeforeDeploy({ id, steps }: PromotionRecord, head: string, branch: string): Found | undefined {
  const noted = notedSchema.safeParse(targetStepOf(steps)?.output);
  const deploy = steps.find(({ name }) => name === 'deploy');
  if (!noted.success || deploy?.status !== 'pending' || noted.data.commit === head) return undefined;
  return conflict(id, noted.data.commit, head, branch);
}

function conflict(id: string, base: string, head: string, branch: string): Found {
  return {
    level: 'fail',
    detail: `${id} is built on ${short(base)}, and somebody pushed ${short(head)} to ${branch} since: they conflict`,
    remedy: `promote cancel ${id} --reason "<reason>", then ask for it again`,
  };
}

function short(commit: string): string {
  return commit.slice(0, 7);
}
