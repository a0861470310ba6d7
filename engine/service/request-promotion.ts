import type { JsonObject } from '../json.ts';
import { personSchema } from '../rules/names.ts';
import { PathGraph } from '../rules/path-graph.ts';
import type { Path, Rules } from '../rules/schema.ts';
import type { Release } from '../release.ts';
import type { Actor } from '../workflow/actor.ts';
import { behindTheChange } from '../workflow/approvals.ts';
import { compileDefinition, unsupportedRequirements } from '../workflow/compile-definition.ts';
import type { Definition } from '../workflow/definition.ts';
import {
  configurationPlaceSchema,
  withConfiguration,
  type ConfigurationPlace,
} from '../workflow/definition-configuration.ts';
import { withTimeouts, type Timeouts } from '../workflow/definition-timeouts.ts';
import { Draft, genesisHash } from '../workflow/draft.ts';
import { overrideOf } from '../workflow/override.ts';
import { pendingSteps } from '../workflow/pending-steps.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { newPromotionId, slotResources } from '../workflow/run-promotion.ts';
import { storable } from '../workflow/storable.ts';
import { enterHotfixLane } from './enter-hotfix-lane.ts';
import { overrideOfFreezes } from './override-freeze.ts';
import { grantOverrides, type GrantedOverrides, type OverrideWishes } from './overrides.ts';
import { refuseWithoutAdvance } from './refuse-without-advance.ts';
import { refuseUnprintable } from './refuse-unprintable.ts';
import type { ServiceContext } from './service-context.ts';
import { NotFoundError, RefusedError, suggestionFor, UnknownNameError } from './service-errors.ts';
import { refuseUnstaffed } from './stage-people.ts';
import { supersedeOlder } from './supersede-older.ts';

export interface PromotionRequest extends OverrideWishes {
  readonly application: string;
  /** A release's name. */
  readonly release: string;
  readonly to: string;
  /** Default: the only environment from which a path leads to `to` and in which the release is verified. */
  readonly from?: string | undefined;
  readonly reason?: string | undefined;
  readonly isDryRun?: boolean;
  /** The person behind a machine's request; like the requester, never an approver of it. */
  readonly onBehalfOf?: string | undefined;
  /** Takes the emergency lane, for the reason given; the rules say where it begins and who approves it. */
  readonly isHotfix?: boolean;
  /** Moves during freezes too, for the reason given; the rules say who may. */
  readonly overridesFreezes?: boolean;
  /** Promotes deliberately what runs in `to` already, or what ran there before the release that runs now. */
  readonly isAgain?: boolean;
  /** Default: the rules'. */
  readonly timeouts?: Timeouts;
  /** Where the target's configuration is, instead of where the rules say. */
  readonly configuration?: ConfigurationPlace;
  /** The same key again answers the same promotion. */
  readonly idempotencyKey?: string | undefined;
}

/** Whoever asks, with the person behind a machine's request. @throws RefusedError */
function requesterOf(actor: Actor, { onBehalfOf }: PromotionRequest): Actor {
  if (onBehalfOf === undefined) return actor;
  if (!personSchema.safeParse(onBehalfOf).success) {
    throw new RefusedError(`${onBehalfOf} is no person's id: it must be an e-mail address or an account name`);
  }
  return { ...actor, via: actor.via === 'cli' ? 'ci' : actor.via, onBehalfOf };
}

/** Asks for a promotion; every reason to refuse is found before anything is written. @returns its id. */
export async function requestPromotion(
  context: ServiceContext,
  actor: Actor,
  request: PromotionRequest,
): Promise<string> {
  const rules = await context.rules.current();
  const graph = new PathGraph(rules);
  const environment = graph.resolve(request.to) ?? request.to;
  await context.authorizer.require(actor, 'run', { application: request.application, environment });
  const requester = requesterOf(actor, request);
  const application = rules.applications.find(({ name }) => name === request.application);
  if (application === undefined) {
    const known = rules.applications.map(({ name }) => name);
    throw new UnknownNameError('application', request.application, known);
  }
  for (const word of [request.to, request.from]) {
    if (word !== undefined && graph.resolve(word) === undefined) {
      throw new UnknownNameError('environment', word, graph.environments(), graph.words());
    }
  }
  refuseUnprintable('release', request.release);
  refuseUnprintable('idempotency key', request.idempotencyKey ?? '');
  const release = await context.store.findRelease(application.name, request.release);
  if (release === undefined) throw await unknownRelease(context, application.name, request.release);
  const hotfix =
    request.isHotfix === true
      ? await enterHotfixLane(context, actor, rules, release, {
          from: request.from === undefined ? undefined : graph.resolve(request.from),
          to: environment,
          reason: request.reason,
          isDryRun: request.isDryRun ?? false,
        })
      : undefined;
  const path = hotfix?.path ?? choosePath(graph, request.from, request.to);
  const { configuration, timeouts } = request;
  if (configuration !== undefined) {
    const target = { application: application.name, environment: path.to };
    await context.authorizer.require(actor, 'redirect-configuration', target);
  }
  const compiled = {
    ...compileDefinition(rules, path, application.name, context.steps, request.isDryRun ?? false),
    ...(hotfix === undefined ? {} : { hotfix: hotfix.terms }),
  };
  const placed = configuration === undefined ? compiled : redirect(compiled, configuration);
  const definition = timeouts === undefined ? placed : withTimeouts(placed, timeouts);
  // Before it is judged: what was asked for under this key may have happened by now, which is why it is asked again.
  const earlier = await askedBefore(context, request, release, definition);
  if (earlier !== undefined) return earlier;
  await refuseUnready(context, rules, graph, path, release, hotfix?.terms.isEntry ?? false);
  if (request.isAgain !== true) await refuseWithoutAdvance(context, release, path.to);
  const scope = { application: application.name, environment: path.to };
  const granted = await grantOverrides(context, actor, scope, definition, request);
  const throughFreezes =
    request.overridesFreezes === true ? [await overrideOfFreezes(context, actor, rules, path, request)] : [];
  const inLane = hotfix?.override === undefined ? [] : [hotfix.override];
  const overrides = [...inLane, ...granted.overrides, ...throughFreezes];
  if (!overrides.some(({ kind }) => kind === 'auto-approve')) {
    const behind = behindTheChange({ requestedBy: requester, overrides }, release);
    await refuseUnstaffed(context, scope, definition, behind);
  }

  const id = await store(context, requester, request, release, definition, { ...granted, overrides });
  await refuseOtherRequest(context, id, request, release, definition);
  if (path.supersedeQueued && request.isDryRun !== true) await supersedeOlder(context, actor, id, release, definition);
  await context.dispatch();
  return id;
}

async function unknownRelease(context: ServiceContext, application: string, name: string): Promise<NotFoundError> {
  const releases = (await context.store.listReleases(application)).map((each) => each.name);
  const known = releases.length === 0 ? 'none yet' : releases.join(', ');
  return new NotFoundError(`${application} has no release ${name}; it has ${known}.${suggestionFor(name, releases)}`);
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
  entersLane: boolean,
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
  if (entersLane) return;
  const verifiedIn = new Set<string>();
  for (const environment of graph.environments()) {
    const deployed = await context.store.deployedReleases(release.application, environment);
    if (deployed.some((each) => each.release.id === release.id && each.verifiedAt !== undefined))
      verifiedIn.add(environment);
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
  return context.store.createPromotion({
    record,
    resources: slotResources(record),
    idempotencyKey: request.idempotencyKey === undefined ? undefined : storedKey(request.idempotencyKey),
    transition: draft.toTransition(undefined),
  });
}

/** @throws RefusedError */
function redirect(definition: Definition, configuration: ConfigurationPlace): Definition {
  const parsed = configurationPlaceSchema.safeParse(configuration);
  if (parsed.success) return withConfiguration(definition, parsed.data);
  const [issue] = parsed.error.issues;
  throw new RefusedError(
    `the ${String(issue?.path[0] ?? 'place')} of the configuration ${issue?.message ?? 'is wrong'}`,
  );
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
