import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '../audit/canonical-json.ts';
import { evidenceFactSchema, type Evidence, type EvidenceFact } from '../evidence/evidence.ts';
import { nameSchema } from '../rules/names.ts';
import { releaseContentSchema, type Release } from '../release.ts';
import { isInSight } from '../store/sight.ts';
import { storable } from '../workflow/storable.ts';
import type { Actor } from '../workflow/actor.ts';
import { evidenceAdded } from './evidence-added.ts';
import { knownApplication } from './known-names.ts';
import { refuseUnprintable } from './refuse-unprintable.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError, UnknownReleaseError } from './service-errors.ts';

export interface ReleaseDraft {
  readonly application: string;
  readonly name: string;
  /** Judged by `releaseContentSchema`. */
  readonly content: unknown;
}

export interface CollectedFact {
  readonly source: string;
  readonly collectedAt: Date;
  readonly fact: EvidenceFact;
}

/** A release with what is known about it. */
export interface ReleaseView {
  readonly release: Release;
  /** Newest first. */
  readonly evidence: readonly Evidence[];
  /** Environments that run it now. */
  readonly runsIn: readonly { readonly environment: string; readonly isVerified: boolean; readonly since: Date }[];
}

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$/;

/**
 * Stores an immutable release with the evidence about it. The same content under the same name again is the first one.
 * @throws ZodError when the content is not as it should be; RefusedError when a name cannot be one.
 */
export async function createRelease(
  context: ServiceContext,
  actor: Actor,
  draft: ReleaseDraft,
  facts: readonly CollectedFact[],
): Promise<Release> {
  await context.authorizer.require(actor, 'create-release', { application: draft.application, environment: '*' });
  if (!namePattern.test(draft.name)) {
    throw new RefusedError(
      `${JSON.stringify(draft.name)} cannot be a release's name: letters, digits, ".", "_", "+" and "-", at most 128 of them`,
    );
  }
  // Not known to the rules yet, perhaps; but `*` would be every application wherever somebody's role reaches a part.
  if (!nameSchema.safeParse(draft.application).success) {
    throw new RefusedError(
      `${JSON.stringify(draft.application)} cannot be an application's name: 1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends`,
    );
  }
  const content = releaseContentSchema.parse(draft.content);
  if (JSON.stringify(storable(content)) !== JSON.stringify(content)) {
    throw new RefusedError('the content of the release holds a character that cannot be stored: NUL, or half of one');
  }
  const digest = `sha256:${createHash('sha256').update(canonicalJson(content)).digest('hex')}`;
  const { store } = context;
  const stored = await store.findRelease(draft.application, draft.name);
  if (stored !== undefined && stored.digest !== digest) {
    throw new RefusedError(
      `${draft.application} has another release called ${draft.name} (${stored.digest}). Releases never change: choose another name.`,
    );
  }
  await store.createApplication(draft.application);
  const release = await store.createRelease({
    id: `rel-${randomUUID()}`,
    application: draft.application,
    name: draft.name,
    digest,
    content,
    createdBy: actor.id,
  });
  const evidence = facts.map(({ source, collectedAt, fact }) => ({
    id: randomUUID(),
    releaseDigest: digest,
    collectedAt,
    source,
    fact: evidenceFactSchema.parse(fact),
  }));
  await store.addEvidence(draft.application, evidence, evidenceAdded(actor, context.clock.now(), release, evidence));
  return release;
}

/** Every release of an application. @throws UnknownNameError */
export async function listReleases(
  context: ServiceContext,
  actor: Actor,
  application: string,
): Promise<readonly Release[]> {
  await requireToLook(context, actor, { application, environment: '*' });
  return context.store.listReleases(await knownApplication(context, application));
}

/** Releases of every application that are marked bad, the newest mark first, as far as whoever asks may see them. */
export async function listBadReleases(context: ServiceContext, actor: Actor): Promise<readonly Release[]> {
  const sight = await requireToLook(context, actor, { application: '*', environment: '*' });
  return (await context.store.badReleases()).filter(({ application }) => isInSight(sight, application, '*'));
}

export async function viewRelease(
  context: ServiceContext,
  actor: Actor,
  application: string,
  name: string,
): Promise<ReleaseView> {
  const sight = await requireToLook(context, actor, { application, environment: '*' });
  const release = await findRelease(context, application, name);
  const [evidence, environments] = await Promise.all([
    context.store.evidence(release.digest),
    context.store.environments(release.application),
  ]);
  return {
    release,
    evidence,
    runsIn: environments
      .filter((each) => each.release?.id === release.id && isInSight(sight, each.application, each.name))
      .map((each) => ({
        environment: each.name,
        isVerified: each.verifiedAt !== undefined,
        since: each.deployedAt ?? release.createdAt,
      })),
  };
}

/**
 * Marks a release bad, so that it is never promoted until it is unmarked, or takes that back. Promotions of it that have
 * not begun to deploy end at once.
 * @throws RefusedError when it is so already.
 */
export async function judgeRelease(
  context: ServiceContext,
  actor: Actor,
  request: {
    readonly application: string;
    readonly name: string;
    readonly judgement: 'bad' | 'not-bad';
    readonly reason: string;
  },
): Promise<Release> {
  const { application, name, judgement, reason } = request;
  await context.authorizer.require(actor, 'mark-bad', { application, environment: '*' });
  const release = await findRelease(context, application, name);
  const isBad = release.bad !== undefined;
  if (isBad === (judgement === 'bad')) {
    throw new RefusedError(
      release.bad === undefined
        ? `${name} is not marked bad`
        : `${name} is marked bad already, by ${release.bad.by}: ${release.bad.reason}`,
    );
  }
  await context.store.setBad(release.id, judgement === 'bad' ? reason : undefined, {
    at: context.clock.now(),
    type: judgement === 'bad' ? 'release-marked-bad' : 'release-unmarked-bad',
    actor,
    data: { application: release.application, release: release.name, digest: release.digest, reason },
  });
  // Promotions of it that wait are due now, to end.
  await context.dispatch();
  return findRelease(context, application, name);
}

/** @throws UnknownNameError, UnknownReleaseError with the names there are. */
export async function findRelease(context: ServiceContext, word: string, name: string): Promise<Release> {
  const application = await knownApplication(context, word);
  refuseUnprintable('release', name);
  const found = await context.store.findRelease(application, name);
  if (found !== undefined) return found;
  const names = (await context.store.listReleases(application)).map((each) => each.name);
  throw new UnknownReleaseError(application, name, names);
}
