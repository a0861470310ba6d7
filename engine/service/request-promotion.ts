import { PathGraph } from '../rules/path-graph.ts';
import type { Path, Rules } from '../rules/schema.ts';
import type { Release } from '../release.ts';
import type { Actor } from '../workflow/actor.ts';
import { compileDefinition, unsupportedRequirements } from '../workflow/compile-definition.ts';
import type { Definition } from '../workflow/definition.ts';
import { Draft, genesisHash } from '../workflow/draft.ts';
import type { PromotionRecord, StepRecord } from '../workflow/promotion.ts';
import { newPromotionId, slotResources } from '../workflow/run-promotion.ts';
import { changePromotion, type ServiceContext } from './service-context.ts';
import { NotFoundError, RefusedError } from './service-errors.ts';

export interface PromotionRequest {
  readonly application: string;
  /** A release's name. */
  readonly release: string;
  readonly to: string;
  /** Default: the only environment from which a path leads to `to` and in which the release is verified. */
  readonly from?: string | undefined;
  readonly reason?: string | undefined;
  readonly isDryRun?: boolean;
  /** The same key again answers the same promotion. */
  readonly idempotencyKey?: string | undefined;
}

/** Asks for a promotion; every reason to refuse is found before anything is written. @returns its id. */
export async function requestPromotion(context: ServiceContext, actor: Actor, request: PromotionRequest): Promise<string> {
  const rules = await context.rules.current();
  const application = rules.applications.find(({ name }) => name === request.application);
  if (application === undefined) {
    const known = rules.applications.map(({ name }) => name).join(', ');
    throw new NotFoundError(`the rules name no application ${request.application}; they name ${known}`);
  }
  const graph = new PathGraph(rules);
  const target = graph.resolve(request.to);
  await context.authorizer.require(actor, 'run', { application: application.name, environment: target ?? request.to });
  const release = await context.store.findRelease(application.name, request.release);
  if (release === undefined) throw await unknownRelease(context, application.name, request.release);
  const path = choosePath(graph, request.from, request.to);
  await refuseUnready(context, rules, graph, path, release);

  const definition = compileDefinition(rules, path, application.name, context.steps, request.isDryRun ?? false);
  const id = await store(context, actor, request, release, definition);
  if (path.supersedeQueued) await supersedeOlder(context, actor, id, release, definition);
  await context.dispatch();
  return id;
}

async function unknownRelease(context: ServiceContext, application: string, name: string): Promise<NotFoundError> {
  const releases = await context.store.listReleases(application);
  const known = releases.length === 0 ? 'none yet' : releases.map((each) => each.name).join(', ');
  return new NotFoundError(`${application} has no release ${name}; it has ${known}`);
}

function choosePath(graph: PathGraph, from: string | undefined, to: string): Path {
  const sources = graph.sourcesOf(to);
  const [only] = sources;
  if (from === undefined && sources.length > 1) {
    throw new RefusedError(`${to} can be reached from ${sources.join(', ')}; say which with --from`);
  }
  const verdict = graph.checkMove(from ?? only ?? to, to);
  if (!verdict.ok) throw new RefusedError(verdict.reason);
  return verdict.path;
}

async function refuseUnready(
  context: ServiceContext,
  rules: Rules,
  graph: PathGraph,
  path: Path,
  release: Release,
): Promise<void> {
  const unsupported = unsupportedRequirements(rules, path);
  if (unsupported.length > 0) {
    throw new RefusedError(
      `${path.from} → ${path.to} demands what this version cannot carry out, so it is refused: ${unsupported.join(', ')}`,
    );
  }
  if (release.bad !== undefined) {
    throw new RefusedError(`${release.name} is marked bad (${release.bad.reason}); make a new release`, true);
  }
  const verifiedIn = new Set<string>();
  for (const environment of graph.environments()) {
    const deployed = await context.store.deployedReleases(release.application, environment);
    if (deployed.some((each) => each.release.id === release.id && each.verifiedAt !== undefined)) verifiedIn.add(environment);
  }
  const openness = graph.openness(path, verifiedIn);
  if (!openness.isOpen) throw new RefusedError(`${release.name}: ${openness.reason}`, true);
}

async function store(
  context: ServiceContext,
  actor: Actor,
  request: PromotionRequest,
  release: Release,
  definition: Definition,
): Promise<string> {
  const record = newRecord(context, actor, release, definition, {
    kind: 'promote',
    isDryRun: request.isDryRun ?? false,
    reason: request.reason,
    steps: pendingSteps(definition),
  });
  const draft = new Draft(record, record.createdAt, context.stateVersion);
  draft.append('requested', actor, {
    release: release.name,
    digest: release.digest,
    from: record.fromEnvironment,
    to: record.toEnvironment,
    rules: definition.rulesHash,
    reason: request.reason ?? null,
  });
  draft.announce('promotion.started', { release: release.name, requestedBy: actor.id });
  draft.makeDue();
  return context.store.createPromotion({
    record,
    resources: slotResources(record),
    idempotencyKey: request.idempotencyKey,
    transition: draft.toTransition(undefined),
  });
}

/** A promotion before its first transition. */
export function newRecord(
  context: ServiceContext,
  actor: Actor,
  release: Release,
  definition: Definition,
  rest: Pick<PromotionRecord, 'kind' | 'isDryRun' | 'reason'> &
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

/** The steps of a definition before any has run. */
export function pendingSteps(definition: Definition): readonly StepRecord[] {
  return definition.steps.map((step, ordinal) => ({
    name: step.name,
    ordinal,
    version: step.version,
    status: 'pending',
    attempt: 0,
    startedAt: undefined,
    finishedAt: undefined,
    summary: undefined,
    output: undefined,
    checkpoint: undefined,
    error: undefined,
    compensation: undefined,
  }));
}

/** A newer release takes the place of an older one that only waits for its turn. */
async function supersedeOlder(
  context: ServiceContext,
  actor: Actor,
  id: string,
  release: Release,
  definition: Definition,
): Promise<void> {
  const queued = await context.store.listPromotions({
    application: release.application,
    environment: definition.target.name,
    states: ['QUEUED'],
    limit: 100,
  });
  for (const older of queued) {
    const olderRelease = await context.store.loadRelease(older.releaseId);
    if (older.id === id || olderRelease === undefined || olderRelease.createdAt >= release.createdAt) continue;
    await changePromotion(context, older.id, (draft) => {
      if (draft.record.state !== 'QUEUED' || draft.record.holdsSlot) return;
      draft.append('superseded', actor, { by: id, release: release.name });
      draft.end('SUPERSEDED', actor);
    });
  }
}
