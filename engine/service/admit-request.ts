import { personSchema } from '../rules/names.ts';
import { PathGraph } from '../rules/path-graph.ts';
import type { Path, Rules } from '../rules/schema.ts';
import { unsupportedRequirements } from '../rules/unsupported-requirements.ts';
import type { Release } from '../release.ts';
import type { Actor } from '../workflow/actor.ts';
import { behindTheChange } from '../workflow/approvals.ts';
import type { Definition } from '../workflow/definition.ts';
import {
  configurationPlaceSchema,
  withConfiguration,
  type ConfigurationPlace,
} from '../workflow/definition-configuration.ts';
import { withTimeouts, type Timeouts } from '../workflow/definition-timeouts.ts';
import { enterHotfixLane, type GrantedHotfix } from './enter-hotfix-lane.ts';
import { overrideOfFreezes } from './override-freeze.ts';
import { grantOverrides, type GrantedOverrides, type OverrideWishes } from './overrides.ts';
import { refuseWithoutAdvance } from './refuse-without-advance.ts';
import { refuseUnprintable } from './refuse-unprintable.ts';
import type { AdmissionContext } from './service-context.ts';
import { RefusedError, UnclearRequestError, UnknownNameError, UnknownReleaseError } from './service-errors.ts';
import { refuseUnstaffed } from './stage-people.ts';

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

/** What judges a request: the rules, and what is remembered. */
export interface RequestContext extends AdmissionContext {
  readonly rules: Rules;
}

export interface CompilingContext extends RequestContext {
  /** What a promotion of a path starts with. */
  compile(path: Path, application: string, isDryRun: boolean): Definition;
}

/** A request with everything in it found: what it is about, and what a promotion of it would start with. */
export interface PreparedRequest {
  readonly requester: Actor;
  readonly release: Release;
  readonly path: Path;
  readonly definition: Definition;
  readonly hotfix: GrantedHotfix | undefined;
}

/** Whoever asks, with the person behind a machine's request. @throws RefusedError */
function requesterOf(actor: Actor, { onBehalfOf }: PromotionRequest): Actor {
  if (onBehalfOf === undefined) return actor;
  if (!personSchema.safeParse(onBehalfOf).success) {
    throw new RefusedError(`${onBehalfOf} is no person's id: it must be an e-mail address or an account name`);
  }
  return { ...actor, via: actor.via === 'cli' ? 'ci' : actor.via, onBehalfOf };
}

/**
 * Finds what a request is about.
 * @throws NotAuthorizedError, RefusedError, UnknownReleaseError, UnknownNameError when there is no such release or place.
 */
export async function prepareRequest(
  context: CompilingContext,
  actor: Actor,
  request: PromotionRequest,
): Promise<PreparedRequest> {
  const { rules } = context;
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
  const isDryRun = request.isDryRun ?? false;
  const hotfix =
    request.isHotfix === true
      ? await enterHotfixLane(context, actor, rules, release, {
          from: request.from === undefined ? undefined : graph.resolve(request.from),
          to: environment,
          reason: request.reason,
          isDryRun,
        })
      : undefined;
  const path = hotfix?.path ?? choosePath(graph, request.from, request.to);
  const { configuration, timeouts } = request;
  if (configuration !== undefined) {
    const target = { application: application.name, environment: path.to };
    await context.authorizer.require(actor, 'redirect-configuration', target);
  }
  const compiled = {
    ...context.compile(path, application.name, isDryRun),
    ...(hotfix === undefined ? {} : { hotfix: hotfix.terms }),
  };
  const placed = configuration === undefined ? compiled : redirect(compiled, configuration);
  const definition = timeouts === undefined ? placed : withTimeouts(placed, timeouts);
  return { requester, release, path, definition, hotfix };
}

/**
 * Judges a request by the rules and by what is so now.
 * @returns which rules are set aside for it.
 * @throws NotAuthorizedError, RefusedError
 */
export async function judgeRequest(
  context: RequestContext,
  actor: Actor,
  request: PromotionRequest,
  { requester, release, path, definition, hotfix }: PreparedRequest,
): Promise<GrantedOverrides> {
  const { rules } = context;
  await refuseUnready(context, path, release, hotfix?.terms.isEntry ?? false);
  if (request.isAgain !== true) await refuseWithoutAdvance(context, release, path.to);
  const scope = { application: release.application, environment: path.to };
  const granted = await grantOverrides(context, actor, scope, definition, request);
  const throughFreezes =
    request.overridesFreezes === true ? [await overrideOfFreezes(context, actor, rules, path, request)] : [];
  const inLane = hotfix?.override === undefined ? [] : [hotfix.override];
  const overrides = [...inLane, ...granted.overrides, ...throughFreezes];
  if (!overrides.some(({ kind }) => kind === 'auto-approve')) {
    const behind = behindTheChange({ requestedBy: requester, overrides }, release);
    await refuseUnstaffed(context, scope, definition, behind);
  }
  return { ...granted, overrides };
}

async function unknownRelease(
  { store }: AdmissionContext,
  application: string,
  name: string,
): Promise<UnknownReleaseError> {
  const releases = await store.listReleases(application);
  return new UnknownReleaseError(
    application,
    name,
    releases.map((each) => each.name),
  );
}

function choosePath(graph: PathGraph, from: string | undefined, to: string): Path {
  const sources = graph.sourcesOf(to);
  const [only] = sources;
  if (from === undefined && sources.length > 1) {
    throw new UnclearRequestError(`${to} can be reached from several environments; say which with --from`, sources);
  }
  const verdict = graph.checkMove(from ?? only ?? to, to);
  if (!verdict.ok) throw new RefusedError(verdict.reason, true);
  return verdict.path;
}

async function refuseUnready(
  { store, rules }: RequestContext,
  path: Path,
  release: Release,
  entersLane: boolean,
): Promise<void> {
  const unsupported = unsupportedRequirements(rules, path);
  if (unsupported.length > 0) {
    throw new RefusedError(
      `${path.from} → ${path.to} demands what this version cannot carry out, so it is refused: ${unsupported.map(({ name }) => name).join(', ')}`,
    );
  }
  if (release.bad !== undefined) {
    throw new RefusedError(
      `${release.name} is marked bad (${release.bad.reason}); make a new release, or take the mark back when it is not: promote release mark-bad ${release.application} ${release.name} --undo --reason "<why>"`,
      true,
    );
  }
  if (entersLane) return;
  const graph = new PathGraph(rules);
  const verifiedIn = new Set<string>();
  for (const environment of graph.environments()) {
    const deployed = await store.deployedReleases(release.application, environment);
    if (deployed.some((each) => each.release.id === release.id && each.verifiedAt !== undefined))
      verifiedIn.add(environment);
  }
  const openness = graph.openness(path, verifiedIn);
  if (!openness.isOpen) throw new RefusedError(`${release.name}: ${openness.reason}`, true);
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
