import { chooseSchemaReturn, type SchemaReturn } from '../database/choose-schema-return.ts';
import type { DatabaseState } from '../database/database-function.ts';
import type { Migration, Release } from '../release.ts';
import type { DeployedRevision } from '../store/history-store.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { classifyError } from '../workflow/errors/classify-error.ts';
import type { ServiceContext } from './service-context.ts';
import { NotFoundError, RefusedError, suggestionFor } from './service-errors.ts';

/** How the schema would follow; unknown while the database cannot be asked. */
export type SchemaOutlook = SchemaReturn | { readonly kind: 'unknown'; readonly reason: string };

/** Whether a revision can be returned to, what that would mean for the schema, and why not. */
export type RevisionStanding =
  | { readonly kind: 'running'; readonly schema: SchemaOutlook }
  | { readonly kind: 'possible'; readonly schema: SchemaReturn }
  | { readonly kind: 'refused'; readonly schema: SchemaOutlook; readonly reason: string };

export interface Revision extends DeployedRevision {
  readonly standing: RevisionStanding;
}

/** What is looked at to judge revisions: asked once for all of them. */
interface Judgement {
  readonly runningId: string | undefined;
  /** `none`: the application has no database there. A text says why it cannot be asked. */
  readonly live: DatabaseState | 'none' | { readonly unknown: string };
  readonly migrations: readonly Migration[];
  readonly acceptsDataLoss: boolean;
}

/** Every revision of an environment, newest first, each with what returning to it means. */
export async function readRevisions(
  context: ServiceContext,
  application: string,
  environment: string,
  acceptsDataLoss: boolean,
): Promise<readonly Revision[]> {
  const revisions = await context.store.history.revisions(application, environment);
  const judgement = await prepare(context, application, revisions, acceptsDataLoss);
  const seen = new Set<string>();
  return revisions.map((revision, index) => {
    const isRepeated = seen.has(revision.release.id);
    if (revision.verifiedAt !== undefined) seen.add(revision.release.id);
    return { ...revision, standing: standingOf(revision, index === 0, isRepeated, judgement) };
  });
}

/** The newest revision of a chosen release, or the one with a chosen number. @throws NotFoundError, RefusedError */
export function chooseRevision(
  revisions: readonly Revision[],
  environment: string,
  chosen: { readonly release: string } | { readonly number: number },
): Revision & { readonly standing: Extract<RevisionStanding, { kind: 'possible' }> } {
  const wanted =
    'number' in chosen
      ? revisions.find(({ number }) => number === chosen.number)?.release.name
      : revisions.find(({ release }) => release.name === chosen.release)?.release.name;
  if (wanted === undefined) throw unknownRevision(revisions, environment, chosen);
  const candidates = revisions.filter(({ release }) => release.name === wanted);
  const possible = candidates.find(({ standing }) => standing.kind === 'possible');
  if (possible?.standing.kind === 'possible') return { ...possible, standing: possible.standing };
  const [newest] = candidates;
  const reason = newest?.standing.kind === 'refused' ? newest.standing.reason : 'it runs there now';
  throw new RefusedError(`${environment} cannot return to ${wanted}: ${reason}`);
}

function unknownRevision(
  revisions: readonly Revision[],
  environment: string,
  chosen: { readonly release: string } | { readonly number: number },
): NotFoundError {
  const names = [...new Set(revisions.map(({ release }) => release.name))];
  const known = names.length === 0 ? 'Nothing ran there yet.' : `There ran ${names.join(', ')}.`;
  if ('number' in chosen) return new NotFoundError(`${environment} has no revision ${String(chosen.number)}. ${known}`);
  return new NotFoundError(
    `${chosen.release} never ran in ${environment}.${suggestionFor(chosen.release, names)} ${known}`,
  );
}

async function prepare(
  { store, ports }: ServiceContext,
  application: string,
  revisions: readonly DeployedRevision[],
  acceptsDataLoss: boolean,
): Promise<Judgement> {
  const [running] = revisions;
  const database = running === undefined ? undefined : await databaseOf(store, revisions);
  const live = database === undefined ? 'none' : await liveState(ports, database);
  const releases = await store.listReleases(application);
  return { runningId: running?.release.id, live, migrations: migrationsOf(releases), acceptsDataLoss };
}

const answerTimeoutMs = 10_000;

/** A database that does not answer must not keep anybody from looking, or from going back to what ran just before. */
async function liveState(ports: ServiceContext['ports'], database: string): Promise<Judgement['live']> {
  try {
    return await ports.database.state(database, AbortSignal.timeout(answerTimeoutMs));
  } catch (error) {
    return { unknown: `${database} cannot be asked: ${classifyError(error).message}` };
  }
}

/** As the newest promotion there knew it; what was never promoted into has no schema that anybody changed. */
async function databaseOf(
  store: ServiceContext['store'],
  revisions: readonly DeployedRevision[],
): Promise<string | undefined> {
  for (const { promotionId } of revisions) {
    const record = promotionId === undefined ? undefined : await store.load(promotionId);
    if (record !== undefined) return record.definition.target.database;
  }
  return undefined;
}

/** Every migration that any release carries; the same version is the same migration, which its checksum proves. */
function migrationsOf(releases: readonly Release[]): readonly Migration[] {
  const byVersion = new Map<number, Migration>();
  for (const { content } of releases) {
    for (const migration of content.database?.migrations ?? []) {
      if (!byVersion.has(migration.version)) byVersion.set(migration.version, migration);
    }
  }
  return [...byVersion.values()].sort((a, b) => a.version - b.version);
}

function standingOf(
  { release, verifiedAt }: DeployedRevision,
  isNewest: boolean,
  isRepeated: boolean,
  judgement: Judgement,
): RevisionStanding {
  const schema = schemaReturn(release, judgement);
  const refused = (reason: string) => ({ kind: 'refused', schema, reason }) as const;
  if (isNewest) return { kind: 'running', schema };
  if (release.id === judgement.runningId) return refused('it runs there now');
  if (isRepeated) return refused('it came again later; that revision is returned to');
  if (verifiedAt === undefined) return refused('it was never verified there');
  if (release.bad !== undefined) return refused(`it is marked bad: ${release.bad.reason}`);
  if (schema.kind === 'refuse' || schema.kind === 'unknown') return refused(schema.reason);
  return { kind: 'possible', schema };
}

function schemaReturn(release: Release, { live, migrations, acceptsDataLoss }: Judgement): SchemaOutlook {
  const newest = release.content.database?.schemaRange.max;
  if (live === 'none' || newest === undefined) {
    return { kind: 'keep', reason: `${release.name} needs no database` };
  }
  if ('unknown' in live) return { kind: 'unknown', reason: live.unknown };
  const applied = new Set(live.applied.map(({ version }) => version));
  const later = migrations.filter(({ version }) => version > newest && applied.has(version));
  return chooseSchemaReturn(release, live.schemaVersion, later, { acceptsDataLoss });
}

/**
 * Every promotion that is taken back for an environment to return to a revision, newest first: those that brought
 * something since, and were not taken back already.
 * @throws RefusedError when what came in between is not known well enough to be taken back.
 */
export async function promotionsSince(
  { store }: ServiceContext,
  application: string,
  environment: string,
  revisions: readonly Revision[],
  target: Revision,
): Promise<readonly PromotionRecord[]> {
  const takenBack = await store.history.takenBack(application, environment);
  const all = await store.listPromotions({ application, environment, kinds: ['promote'], limit: mostBetween });
  const since: PromotionRecord[] = [];
  let until = Number.POSITIVE_INFINITY;
  for (const { number, promotionId, release, deployedAt } of revisions) {
    if (number <= target.number) break;
    const from = deployedAt.getTime();
    for (const again of all.filter((each) => broughtAgain(each, release.id, promotionId, from, until))) {
      if (!takenBack.has(again.id)) since.push(again);
    }
    until = from;
    if (promotionId === undefined) {
      if (release.id === target.release.id || isRestored(revisions, number, release.id)) continue;
      throw new RefusedError(
        `${environment} cannot return to ${target.release.name}: ${release.name} was adopted there in between, and what that changed is not known`,
      );
    }
    if (takenBack.has(promotionId) || since.some(({ id }) => id === promotionId)) continue;
    const record = await store.load(promotionId);
    if (record === undefined) {
      throw new RefusedError(
        `${environment} cannot return to ${target.release.name}: the record of ${promotionId}, which came in between, is not kept any more`,
      );
    }
    since.push(record);
  }
  return since;
}

/** More promotions than one rollback ever takes back. */
const mostBetween = 500;

/** Whether it brought a release that ran there already, which gives the release no other revision. */
function broughtAgain(
  { id, releaseId, state, isDryRun, endedAt }: PromotionRecord,
  release: string,
  broughtBy: string | undefined,
  from: number,
  until: number,
): boolean {
  if (id === broughtBy || releaseId !== release || isDryRun || state !== 'COMPLETED_SUCCESSFULLY') return false;
  const at = endedAt?.getTime() ?? Number.NaN;
  return at >= from && at < until;
}

/** Whether a release that nobody had promoted came here before: it was then restored, not adopted anew. */
function isRestored(revisions: readonly Revision[], number: number, releaseId: string): boolean {
  return revisions.some((earlier) => earlier.number < number && earlier.release.id === releaseId);
}
