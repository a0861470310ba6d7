import type { Path, Rules } from '../rules/schema.ts';
import type { Release } from '../release.ts';
import { Calendar } from '../schedule/calendar.ts';
import type { EnvironmentState } from '../store/service-store.ts';
import { engineActor, type Actor } from '../workflow/actor.ts';
import { stepsToCompensate } from '../workflow/decide.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { PromotionState } from '../workflow/state.ts';
import { OnItsWayError } from './refuse-when-on-its-way.ts';
import { requestPromotion } from './request-promotion.ts';
import { changePromotion, type ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

/** The engine's own hand, which may ask for promotions and for nothing else. */
const autoPromoter: Actor = { ...engineActor, roles: ['promoter'] };

/** A release that would have moved on by itself, and why it was refused. */
export interface AutoPromotionRefusal {
  readonly application: string;
  readonly release: string;
  readonly to: string;
  readonly reason: string;
}

interface Candidate {
  readonly path: Path;
  readonly release: Release;
  /** The promotion that brought it to `from` in the emergency lane, in which it then goes on. */
  readonly hotfix: PromotionRecord | undefined;
}

/**
 * Asks for the promotion of every release that is verified in `from` and has soaked there, on each path that promotes by
 * itself; a hotfix soaks as long as the lane says, and goes on in the lane. Once for each release and path, however often
 * and in however many processes it is called. Not while
 * auto-promotion is paused or the target held, not a bad release, and never an older one than the target runs. What an
 * older release only waits for goes to the newer one.
 */
export async function promoteVerified(context: ServiceContext): Promise<readonly AutoPromotionRefusal[]> {
  const rules = await context.rules.current();
  const paths = rules.paths.filter(({ autoPromote }) => autoPromote);
  if (paths.length === 0) return [];
  const refusals: AutoPromotionRefusal[] = [];
  for (const candidate of await findCandidates(context, rules, paths)) {
    const reason = await ask(context, rules, candidate);
    const { path, release } = candidate;
    if (reason !== undefined) {
      refusals.push({ application: release.application, release: release.name, to: path.to, reason });
    }
  }
  await supersedeOvertaken(context);
  return refusals;
}

async function findCandidates(
  context: ServiceContext,
  rules: Rules,
  paths: readonly Path[],
): Promise<readonly Candidate[]> {
  const now = context.clock.now().getTime();
  const known = new Set(rules.applications.map(({ name }) => name));
  const states = (await context.store.environments()).filter(({ application }) => known.has(application));
  const byPlace = new Map(states.map((state) => [`${state.application}/${state.name}`, state]));
  const candidates: Candidate[] = [];
  for (const path of paths) {
    for (const source of states) {
      const { release, verifiedAt } = source;
      if (source.name !== path.from || release === undefined || release.bad !== undefined) continue;
      if (verifiedAt === undefined || !mayEnter(release, byPlace.get(`${source.application}/${path.to}`))) continue;
      const hasSoaked = (seconds: number): boolean => verifiedAt.getTime() + seconds * 1000 <= now;
      const lane = rules.hotfix;
      if (!hasSoaked(Math.min(path.soakSeconds, lane?.verifySeconds ?? path.soakSeconds))) continue;
      const hotfix = lane === undefined ? undefined : await broughtInLane(context, source);
      const isDue = hasSoaked(hotfix === undefined ? path.soakSeconds : (lane?.verifySeconds ?? 0));
      if (isDue) candidates.push({ path, release, hotfix });
    }
  }
  return candidates;
}

/** The promotion that brought what runs in an environment, if it came in the emergency lane. */
async function broughtInLane(
  { store }: ServiceContext,
  { promotionId }: EnvironmentState,
): Promise<PromotionRecord | undefined> {
  const promotion = promotionId === undefined ? undefined : await store.load(promotionId);
  return promotion?.lane === 'hotfix' ? promotion : undefined;
}

function mayEnter(release: Release, target: EnvironmentState | undefined): boolean {
  if (target?.autoPromotionPausedAt !== undefined) return false;
  return (
    target?.release === undefined || (target.release.id !== release.id && target.release.createdAt < release.createdAt)
  );
}

/** @returns why it was refused; undefined when it is on its way, or not to be asked for now. */
async function ask(
  context: ServiceContext,
  rules: Rules,
  { path, release, hotfix }: Candidate,
): Promise<string | undefined> {
  const { application } = release;
  if (await isHeld(context, rules, application, path.to)) return undefined;
  try {
    await requestPromotion(context, autoPromoter, {
      application,
      release: release.name,
      from: path.from,
      to: path.to,
      reason: hotfix?.reason ?? `${release.name} is verified in ${path.from}`,
      idempotencyKey: `auto:${release.id}:${path.from}:${path.to}`,
      ...(hotfix === undefined ? {} : { isHotfix: true, onBehalfOf: personBehind(hotfix) }),
    });
    return undefined;
  } catch (error) {
    // Somebody asked for it before it moved on by itself.
    if (error instanceof OnItsWayError) return undefined;
    if (error instanceof RefusedError) return error.message;
    throw error;
  }
}

/** Whoever wanted the hotfix in the lane does not approve it there, though the engine asks from here. */
function personBehind({ requestedBy }: PromotionRecord): string {
  return requestedBy.onBehalfOf ?? requestedBy.id;
}

async function isHeld(context: ServiceContext, rules: Rules, application: string, to: string): Promise<boolean> {
  const now = context.clock.now();
  const { holds } = await context.store.declarations(application, to, now);
  const hold = rules.environments.find(({ name }) => name === to)?.hold;
  return !new Calendar({ windows: [], freezes: [], hold }, { holds, freezes: [] }).judge(now).isOpen;
}

/** States in which a promotion has changed nothing and holds nothing. */
const waitingStates: readonly PromotionState[] = [
  'INITIALIZING',
  'VALIDATING_CONDITIONS',
  'PENDING_APPROVAL',
  'APPROVAL_GRANTED',
  'QUEUED',
];
const mostWaiting = 1000;

/** Nobody in person asked for the older one, so the newest wins, whatever the older one waits for. */
async function supersedeOvertaken(context: ServiceContext): Promise<void> {
  const active = await context.store.listPromotions({ isActive: true, states: waitingStates, limit: mostWaiting });
  const ours = active.filter((each) => isOurs(each) && each.stateVersion <= context.stateVersion);
  const targets = Map.groupBy(ours, ({ application, toEnvironment }) => `${application}/${toEnvironment}`);
  for (const waiting of targets.values()) {
    if (waiting.length < 2) continue;
    const releases = await Promise.all(waiting.map(({ releaseId }) => context.store.loadRelease(releaseId)));
    const known = releases.filter((release) => release !== undefined);
    const newest = known.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0];
    const by = waiting.find(({ releaseId }) => releaseId === newest?.id);
    if (newest === undefined || by === undefined) continue;
    for (const older of waiting.filter(({ releaseId }) => releaseId !== newest.id)) {
      await supersede(context, older.id, by.id, newest.name);
    }
  }
}

async function supersede(context: ServiceContext, id: string, by: string, release: string): Promise<void> {
  await changePromotion(context, id, (draft) => {
    const { record } = draft;
    const isWaiting = waitingStates.includes(record.state) && !record.holdsSlot && record.rollback === undefined;
    if (!isWaiting || !isOurs(record) || stepsToCompensate(record).length > 0) return;
    draft.append('superseded', autoPromoter, { by, release });
    draft.announce('promotion.ended', { state: 'SUPERSEDED', reason: `superseded by ${release} (${by})` });
    draft.moveTo('SUPERSEDED', autoPromoter);
  });
}

/** A hotfix never makes way for what comes later. */
function isOurs({ kind, lane, requestedBy }: PromotionRecord): boolean {
  return kind === 'promote' && lane === 'normal' && requestedBy.id === autoPromoter.id && requestedBy.via === 'engine';
}
