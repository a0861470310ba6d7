import { sql, type Kysely, type Transaction } from 'kysely';
import type { Evidence, EvidenceFact } from '../../evidence/evidence.ts';
import type { AdministrationEvent } from '../administration-store.ts';
import { administer } from './administration-log.ts';
import type { EngineTables } from './tables.ts';

/** What is known about a release, newest first. */
export async function readEvidence(db: Kysely<EngineTables>, releaseDigest: string): Promise<readonly Evidence[]> {
  const rows = await db
    .selectFrom('evidence')
    .selectAll()
    .where('release_digest', '=', releaseDigest)
    .orderBy('collected_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(evidenceOf);
}

/** As it stands in its table, and in the one of what it said earlier. */
export interface EvidenceRow {
  readonly id: string;
  readonly release_digest: string;
  readonly collected_at: Date;
  readonly source: string;
  readonly fact: EvidenceFact;
  readonly source_commit: string | null;
}

export function evidenceOf(row: EvidenceRow): Evidence {
  return {
    id: row.id,
    releaseDigest: row.release_digest,
    collectedAt: row.collected_at,
    source: row.source,
    sourceCommit: row.source_commit ?? undefined,
    fact: row.fact,
  };
}

/** Stores facts with the audit entry of whoever gave them, or neither. */
export async function addEvidence(
  db: Kysely<EngineTables>,
  application: string,
  evidence: readonly Evidence[],
  event: AdministrationEvent,
): Promise<'added' | 'unchanged'> {
  return administer(db, event, async (transaction) => {
    let isNew = false;
    for (const each of evidence) {
      if (!(await store(transaction, each, event.at))) continue;
      isNew = true;
      await rememberFindings(transaction, application, each);
    }
    return isNew ? 'added' : 'unchanged';
  });
}

/** @returns whether anything of it was new. */
async function store(transaction: Transaction<EngineTables>, evidence: Evidence, at: Date): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('evidence')
    .values({
      id: evidence.id,
      release_digest: evidence.releaseDigest,
      collected_at: evidence.collectedAt,
      source: evidence.source,
      fact: JSON.stringify(evidence.fact),
      source_commit: evidence.sourceCommit ?? null,
      recorded_at: at,
    })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({
          collected_at: (row) => row.ref('excluded.collected_at'),
          source: (row) => row.ref('excluded.source'),
          fact: (row) => row.ref('excluded.fact'),
          recorded_at: (row) => row.ref('excluded.recorded_at'),
          source_commit: sql`coalesce(excluded.source_commit, evidence.source_commit)`,
        })
        // An older collection of the same bytes says nothing new.
        .where(
          sql<boolean>`excluded.collected_at > evidence.collected_at or (excluded.collected_at = evidence.collected_at
            and (excluded.source, excluded.fact, coalesce(excluded.source_commit, evidence.source_commit))
              is distinct from (evidence.source, evidence.fact, evidence.source_commit))`,
        ),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows !== undefined && numInsertedOrUpdatedRows > 0n;
}

async function rememberFindings(
  transaction: Transaction<EngineTables>,
  application: string,
  { fact, collectedAt }: Evidence,
): Promise<void> {
  if (fact.kind !== 'findings' && fact.kind !== 'bugs') return;
  // In one order, so that two reports stored at once cannot wait for each other.
  const ids = [...new Set(fact.items?.map(({ id }) => id))].toSorted();
  if (ids.length === 0) return;
  await sql`
    insert into finding_first_seen (application, kind, finding, first_seen)
    select ${application}, ${fact.kind}, finding, ${collectedAt}::timestamptz from unnest(${ids}::text[]) as finding
    on conflict (application, kind, finding) do update
      set first_seen = excluded.first_seen where excluded.first_seen < finding_first_seen.first_seen
  `.execute(transaction);
}

/** More than this nobody has in mind. */
const maximumNames = 50_000;

export async function readFindingNames(db: Kysely<EngineTables>, application: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('finding_first_seen')
    .select('finding')
    .where('application', '=', application)
    .orderBy('first_seen', 'desc')
    .limit(maximumNames)
    .execute();
  return rows.map(({ finding }) => finding);
}

export async function readFindingsFirstSeen(
  db: Kysely<EngineTables>,
  application: string,
  kind: 'findings' | 'bugs',
  ids: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const rows = await db
    .selectFrom('finding_first_seen')
    .select(['finding', 'first_seen'])
    .where('application', '=', application)
    .where('kind', '=', kind)
    .where(sql<boolean>`finding = any (${[...ids]}::text[])`)
    .execute();
  return new Map(rows.map(({ finding, first_seen: firstSeen }) => [finding, firstSeen]));
}
