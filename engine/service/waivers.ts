import { createHash } from 'node:crypto';
import { canonicalJson } from '../audit/canonical-json.ts';
import { waiverState, type Waiver, type WaiverState } from '../evidence/waiver.ts';
import { hotfixFinding } from '../gates/judge-hotfixes.ts';
import type { Release } from '../release.ts';
import type { JsonObject } from '../json.ts';
import { isInSight } from '../store/sight.ts';
import type { Actor } from '../workflow/actor.ts';
import { storable } from '../workflow/storable.ts';
import { knownApplication } from './known-names.ts';
import { findRelease } from './releases.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';
import { NotFoundError, RefusedError, suggestionFor } from './service-errors.ts';

export interface WaiveRequest {
  readonly application: string;
  /** The finding's id, as evidence about the application names it. */
  readonly finding: string;
  readonly reason: string;
  readonly expiresAt: Date;
  /** Who answers for it. Undefined: who asks. */
  readonly owner?: string | undefined;
  /** Only for this release, by name. Undefined: for every release. */
  readonly release?: string | undefined;
}

/** A waiver as people look at it. */
export interface WaiverView extends Waiver {
  readonly state: WaiverState;
  /** The names of the release it is for; undefined: it is for every release. */
  readonly release: string | undefined;
}

/**
 * Sets one finding aside until a moment.
 * @throws RefusedError when it has no end ahead, when no evidence names the finding, or when this very waiver was revoked.
 */
export async function waive(context: ServiceContext, actor: Actor, request: WaiveRequest): Promise<WaiverView> {
  await context.authorizer.require(actor, 'waive', { application: request.application, environment: '*' });
  const application = await knownApplication(context, request.application);
  const now = context.clock.now();
  const { expiresAt } = request;
  if (!(expiresAt > now)) throw new RefusedError('a waiver must end in the future: --expires 30d');
  const [finding, reason, owner] = [request.finding, request.reason, request.owner ?? actor.id].map((text) =>
    storable(text.trim()),
  );
  if (finding === undefined || finding === '') throw new RefusedError('a waiver must name a finding');
  if (reason === undefined || reason === '') throw new RefusedError('a waiver needs a reason');
  if (owner === undefined || owner === '') throw new RefusedError('a waiver needs an owner');
  const release = request.release === undefined ? undefined : await findRelease(context, application, request.release);
  await refuseUnknownFinding(context, application, finding, release);

  const identity = [application, finding, owner, reason, expiresAt.toISOString(), release?.digest ?? null];
  const id = `wv-${createHash('sha256').update(canonicalJson(identity)).digest('hex').slice(0, 12)}`;
  const waiver: Waiver = {
    id,
    application,
    finding,
    owner,
    reason,
    expiresAt,
    releaseDigest: release?.digest,
    createdBy: actor.id,
    createdAt: now,
    revoked: undefined,
  };
  const stored = await context.store.addWaiver(waiver, {
    at: now,
    type: 'finding-waived',
    actor,
    data: { ...describe(waiver), release: release?.name ?? null },
  });
  if (stored.revoked !== undefined) {
    throw new RefusedError(
      `this very waiver (${id}) was revoked by ${stored.revoked.by}: ${stored.revoked.reason}. Say anew why, or until when.`,
    );
  }
  return { ...stored, state: waiverState(stored, now), release: release?.name };
}

/** Newest first; those that are over and revoked included. @param application undefined: of all that may be seen. */
export async function listWaivers(
  context: ServiceContext,
  actor: Actor,
  application: string | undefined,
): Promise<readonly WaiverView[]> {
  const sight = await requireToLook(context, actor, { application: application ?? '*', environment: '*' });
  const every =
    application === undefined
      ? await context.store.allWaivers()
      : await context.store.waivers(await knownApplication(context, application));
  const waivers = every.filter((waiver) => isInSight(sight, waiver.application, '*'));
  const applications = [...new Set(waivers.filter(hasRelease).map((waiver) => waiver.application))];
  const releases = await Promise.all(applications.map((name) => context.store.listReleases(name)));
  const names = new Map(releases.flat().map((release) => [`${release.application} ${release.digest}`, release.name]));
  const now = context.clock.now();
  return waivers.map((waiver) => ({
    ...waiver,
    state: waiverState(waiver, now),
    release: hasRelease(waiver)
      ? (names.get(`${waiver.application} ${waiver.releaseDigest}`) ?? waiver.releaseDigest)
      : undefined,
  }));
}

/** Ends a waiver now; one that was revoked before stays as it is. @throws NotFoundError */
export async function revokeWaiver(
  context: ServiceContext,
  actor: Actor,
  id: string,
  reason: string,
): Promise<WaiverView> {
  const { store, clock } = context;
  const found = await store.waiver(id);
  // Whoever may not waive learns nothing about which waivers there are.
  await context.authorizer.require(actor, 'waive', { application: found?.application ?? '*', environment: '*' });
  if (found === undefined) {
    const ids = (await store.allWaivers()).map((waiver) => waiver.id);
    throw new NotFoundError(`there is no waiver ${id}.${suggestionFor(id, ids)} promote waive --list shows them.`);
  }
  const said = storable(reason.trim());
  if (said === '') throw new RefusedError('revoking a waiver needs a reason');
  const at = clock.now();
  const revoked = await store.revokeWaiver(
    id,
    { at, by: actor.id, reason: said },
    { at, type: 'waiver-revoked', actor, data: { ...describe(found), because: said } },
  );
  return { ...(revoked ?? found), state: waiverState(revoked ?? found, at), release: undefined };
}

/** A waiver for a finding that nobody reported is a mistyped id, and would set nothing aside; so with hotfixes. */
async function refuseUnknownFinding(
  context: ServiceContext,
  application: string,
  finding: string,
  release: Release | undefined,
): Promise<void> {
  const hotfixes = (await context.store.hotfixes(application)).map((hotfix) => hotfixFinding(hotfix.release.name));
  if (hotfixes.includes(finding)) return;
  const known = [...(await context.store.findingNames(application)), ...hotfixes];
  const evidence = release === undefined ? undefined : await context.store.evidence(release.digest);
  const named =
    evidence === undefined
      ? known
      : evidence.flatMap(({ fact }) =>
          fact.kind === 'findings' || fact.kind === 'bugs' ? (fact.items?.map(({ id }) => id) ?? []) : [],
        );
  if (named.includes(finding)) return;
  const subject = release === undefined ? application : `${application} ${release.name}`;
  throw new RefusedError(
    `no evidence about ${subject} names the finding ${finding}.${suggestionFor(finding, known)} ` +
      'What a scanner only counts cannot be waived: add its report with the findings in it: ' +
      `promote evidence add ${application} --release ${release?.name ?? '<release>'} --file <report>.`,
  );
}

function hasRelease(waiver: Waiver): waiver is Waiver & { readonly releaseDigest: string } {
  return waiver.releaseDigest !== undefined;
}

function describe({ id, application, finding, owner, reason, expiresAt, releaseDigest }: Waiver): JsonObject {
  return {
    id,
    application,
    finding,
    owner,
    reason,
    expiresAt: expiresAt.toISOString(),
    releaseDigest: releaseDigest ?? null,
  };
}
