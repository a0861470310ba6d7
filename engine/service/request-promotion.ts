import type { JsonObject } from '../json.ts';
import type { Path } from '../rules/schema.ts';
import type { Release } from '../release.ts';
import type { Actor } from '../workflow/actor.ts';
import { compileDefinition } from '../workflow/compile-definition.ts';
import type { Definition } from '../workflow/definition.ts';
import { Draft, genesisHash } from '../workflow/draft.ts';
import { overrideOf } from '../workflow/override.ts';
import { pendingSteps } from '../workflow/pending-steps.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { newPromotionId, slotResources } from '../workflow/run-promotion.ts';
import { storable } from '../workflow/storable.ts';
import { judgeRequest, prepareRequest, type PromotionRequest } from './admit-request.ts';
import type { GrantedOverrides, OverrideWishes } from './overrides.ts';
import { refuseWhileChanging } from './refuse-while-changing.ts';
import { OnItsWayError } from './refuse-when-on-its-way.ts';
import { loadPromotion, type ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';
import { supersedeOlder } from './supersede-older.ts';

/** Asks for a promotion; every reason to refuse is found before anything is written. @returns its id. */
export async function requestPromotion(
  context: ServiceContext,
  actor: Actor,
  request: PromotionRequest,
): Promise<string> {
  const rules = await context.rules.current();
  const compile = (path: Path, application: string, isDryRun: boolean): Definition =>
    compileDefinition(rules, path, application, context.steps, isDryRun);
  const prepared = await prepareRequest({ ...context, rules, compile }, actor, request);
  const { requester, release, path, definition } = prepared;
  // Before it is judged: what was asked for under this key may have happened by now, which is why it is asked again.
  const earlier = await askedBefore(context, request, release, definition);
  if (earlier !== undefined) return earlier;
  if (request.isAgain !== true) await refuseWhileChanging(context, release, path.to);
  const granted = await judgeRequest({ ...context, rules }, actor, request, prepared);

  const id = await store(context, requester, request, release, definition, granted);
  await refuseOtherRequest(context, id, request, release, definition);
  if (path.supersedeQueued && request.isDryRun !== true) await supersedeOlder(context, actor, id, release, definition);
  await context.dispatch();
  return id;
}

async function store(
  context: ServiceContext,
  actor: Actor,
  request: PromotionRequest,
  release: Release,
  definition: Definition,
  { overrides, declined }: GrantedOverrides,
): Promise<string> {
  const record = newRecord(context, actor, release, definition, {
    kind: 'promote',
    isDryRun: request.isDryRun ?? false,
    lane: definition.hotfix === undefined ? 'normal' : 'hotfix',
    reason: storable(request.reason),
    steps: pendingSteps(definition),
  });
  const draft = new Draft(record, record.createdAt, context.stateVersion);
  draft.append('requested', actor, {
    release: release.name,
    digest: release.digest,
    from: record.fromEnvironment,
    to: record.toEnvironment,
    rules: definition.rulesHash,
    reason: record.reason ?? null,
    ...(definition.hotfix === undefined ? {} : { lane: 'hotfix' }),
    ...redirection(definition),
  });
  if (request.isAgain === true) {
    const reason = record.reason ?? 'asked for with --again';
    draft.override({ kind: 'again', by: actor.id, reason, at: record.createdAt.toISOString() }, actor);
  }
  for (const override of overrides) draft.override(override, actor);
  if (declined !== undefined) draft.append('auto-approval-declined', actor, { why: declined });
  draft.announce('promotion.started', { release: release.name, requestedBy: actor.id, lane: record.lane });
  draft.makeDue();
  const promotion = {
    record,
    resources: slotResources(record),
    idempotencyKey: request.idempotencyKey === undefined ? undefined : storedKey(request.idempotencyKey),
    transition: draft.toTransition(undefined),
  };
  // However often somebody looks ahead, nothing is done twice.
  if (record.isDryRun) return context.store.createPromotion(promotion);
  const { id, isOnItsWay } = await context.store.createPromotionOnce(promotion);
  if (isOnItsWay) throw new OnItsWayError(release.name, await loadPromotion(context, id));
  return id;
}

/** For the audit trail: configuration that was read and committed elsewhere than the rules say. */
function redirection({ target }: Definition): JsonObject {
  const { isRedirected = false, repository, branch } = target.configuration;
  return isRedirected ? { configuration: { repository, branch } } : {};
}

async function askedBefore(
  context: ServiceContext,
  request: PromotionRequest,
  release: Release,
  definition: Definition,
): Promise<string | undefined> {
  if (request.idempotencyKey === undefined) return undefined;
  const id = await context.store.findByIdempotencyKey(storedKey(request.idempotencyKey));
  if (id !== undefined) await refuseOtherRequest(context, id, request, release, definition);
  return id;
}

function storedKey(key: string): string {
  return `run:${key}`;
}

/** A key belongs to one request; another request under it would be taken for done though nothing was asked for. */
async function refuseOtherRequest(
  context: ServiceContext,
  id: string,
  request: PromotionRequest,
  release: Release,
  definition: Definition,
): Promise<void> {
  if (request.idempotencyKey === undefined) return;
  const found = await context.store.load(id);
  const isSame =
    found?.kind === 'promote' &&
    found.releaseId === release.id &&
    found.fromEnvironment === definition.source.name &&
    found.toEnvironment === definition.target.name &&
    found.isDryRun === (request.isDryRun ?? false) &&
    (found.lane === 'hotfix') === (request.isHotfix ?? false) &&
    found.definition.target.configuration.repository === definition.target.configuration.repository &&
    found.definition.target.configuration.branch === definition.target.configuration.branch &&
    setsAsideSame(found, request);
  if (!isSame) throw new RefusedError(`the idempotency key was used for another request (${id}); choose another key`);
}

/** One that may not bring its own approval waits for it, so that wish tells no two requests apart. */
function setsAsideSame(found: PromotionRecord, { forces, skipsValidation, acknowledges }: OverrideWishes): boolean {
  return (
    (overrideOf(found, 'force') !== undefined) === (forces ?? false) &&
    (overrideOf(found, 'skip-validation') !== undefined) === (skipsValidation ?? false) &&
    (overrideOf(found, 'acknowledge') !== undefined) === (acknowledges !== undefined)
  );
}

/** A promotion before its first transition. */
export function newRecord(
  context: ServiceContext,
  actor: Actor,
  release: Release,
  definition: Definition,
  rest: Pick<PromotionRecord, 'kind' | 'isDryRun' | 'lane' | 'reason'> &
    Partial<Pick<PromotionRecord, 'steps' | 'rollbackOf' | 'rollback' | 'planHash'>>,
): PromotionRecord {
  const at = context.clock.now();
  return {
    id: newPromotionId(),
    application: release.application,
    releaseId: release.id,
    fromEnvironment: definition.source.name,
    toEnvironment: definition.target.name,
    rollbackOf: undefined,
    overrides: [],
    state: 'INITIALIZING',
    parked: undefined,
    version: 0,
    fence: 0,
    eventSeq: 0,
    headHash: genesisHash,
    requestedBy: actor,
    definition,
    planHash: undefined,
    rollback: undefined,
    failure: undefined,
    holdsSlot: false,
    steps: [],
    stateVersion: context.stateVersion,
    createdAt: at,
    updatedAt: at,
    endedAt: undefined,
    ...rest,
  };
}
