import { laneMove, type LaneMove } from '../rules/hotfix-lane.ts';
import type { Path, Rules } from '../rules/schema.ts';
import type { Release } from '../release.ts';
import type { Actor } from '../workflow/actor.ts';
import type { HotfixTerms } from '../workflow/definition.ts';
import type { Override } from '../workflow/override.ts';
import { storable } from '../workflow/storable.ts';
import type { AdmissionContext } from './service-context.ts';
import { refusedMove, RefusedError } from './service-errors.ts';

export interface HotfixRequest {
  /** Names. */
  readonly from: string | undefined;
  readonly to: string;
  readonly reason: string | undefined;
  readonly isDryRun: boolean;
}

export interface GrantedHotfix {
  readonly path: Path;
  readonly terms: HotfixTerms;
  /** The record that the lane was taken; undefined in a dry run, which takes nothing. */
  readonly override: Override | undefined;
}

/**
 * What a hotfix is asked for by: the permission, a reason, and a rule that has the lane. Its release must say which commit
 * it was made from, or nobody could find out whether the fix came back, and must have entered the lane where it begins.
 * @throws NotAuthorizedError, RefusedError
 */
export async function enterHotfixLane(
  context: AdmissionContext,
  actor: Actor,
  rules: Rules,
  release: Release,
  request: HotfixRequest,
): Promise<GrantedHotfix> {
  const { from, to, isDryRun } = request;
  const { application } = release;
  await context.authorizer.require(actor, 'hotfix', { application, environment: to });
  const { hotfix } = rules;
  if (hotfix === undefined) {
    throw new RefusedError(
      'the rules have no hotfix lane (hotfix: { entry, approvals }); promote it as any other',
      true,
    );
  }
  const reason = storable((request.reason ?? '').trim());
  if (reason === '' && !isDryRun) throw new RefusedError('say why with --reason: a hotfix needs one');
  if (release.content.source === undefined) {
    throw new RefusedError(
      `${release.name} does not say which commit it was made from (source), so nobody could find out whether the fix came back; make a release that does`,
      true,
    );
  }
  const move = laneMove(rules, hotfix, from, to);
  if (!move.ok) throw refusedMove(move.reason, move.candidates);
  const { path, isEntry } = move;
  // Where releases come in at the entry itself, no promotion leads there that could have been one of the lane.
  const isFirst =
    isEntry || (path.from === hotfix.entry && !rules.paths.some(({ to: target }) => target === path.from));
  if (!isFirst) await refuseOutsideLane(context, release, path.from, hotfix.entry);
  const at = context.clock.now().toISOString();
  return {
    path,
    terms: {
      release: release.name,
      isEntry,
      isFirst,
      verifySeconds: isEntry ? 0 : hotfix.verifySeconds,
      instead: insteadOf(move),
      ...(hotfix.mergeBackTo === undefined ? {} : { mergeBackTo: hotfix.mergeBackTo }),
      standsOn: await runningCommits(context, release),
    },
    override: isDryRun ? undefined : { kind: 'hotfix', by: actor.id, reason, at },
  };
}

/** Whether what runs in an environment came there in the emergency lane. */
export async function cameInLane(
  context: Pick<AdmissionContext, 'store'>,
  release: Release,
  environment: string,
): Promise<boolean> {
  const deployed = await context.store.deployedReleases(release.application, environment);
  for (const { release: found, promotionId } of deployed) {
    if (found.id !== release.id || promotionId === undefined) continue;
    if ((await context.store.load(promotionId))?.lane === 'hotfix') return true;
  }
  return false;
}

async function refuseOutsideLane(
  context: AdmissionContext,
  release: Release,
  from: string,
  entry: string,
): Promise<void> {
  if (await cameInLane(context, release, from)) return;
  throw new RefusedError(
    `${release.name} did not come to ${from} in the hotfix lane, which is entered at ${entry}, nowhere later; promote it as any other`,
    true,
  );
}

/** What the path demands of others. */
function insteadOf({ path, instead, skipped }: Extract<LaneMove, { ok: true }>): HotfixTerms['instead'] {
  const kept = new Set(Object.entries(path.gates).flatMap(([gate, settings]) => (isDemanded(settings) ? [gate] : [])));
  return {
    soakSeconds: instead.soakSeconds,
    stages: instead.approvals.stages.map(({ name }) => name),
    gates: Object.entries(instead.gates)
      .filter(([gate, settings]) => isDemanded(settings) && !kept.has(gate))
      .map(([gate]) => gate),
    checklistItems: instead.checklist.length - path.checklist.length,
    skipped,
  };
}

function isDemanded(settings: Path['gates'][keyof Path['gates']]): boolean {
  return settings !== undefined && settings !== false && !(Array.isArray(settings) && settings.length === 0);
}

/** The source commits of everything else that runs of the application, from the same repository. */
async function runningCommits(context: AdmissionContext, { id, application, content }: Release): Promise<string[]> {
  const states = await context.store.environments(application);
  const commits = states.flatMap(({ release }) => {
    const source = release?.content.source;
    const isOther = release?.id !== id && source?.repository === content.source?.repository;
    return isOther && source !== undefined ? [source.commit] : [];
  });
  return [...new Set(commits)];
}
