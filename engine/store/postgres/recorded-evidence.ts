import { sql, type Kysely } from 'kysely';
import type { EvidenceFact } from '../../evidence/evidence.ts';
import type { RecordedEvidence } from '../../replay/past.ts';
import type { EngineTables } from './tables.ts';

interface EvidenceRow {
  readonly id: string;
  readonly release_digest: string;
  readonly collected_at: Date;
  readonly source: string;
  readonly fact: EvidenceFact;
  readonly source_commit: string | null;
  readonly recorded_at: Date | null;
}

/** All evidence about an application's releases as it was ever recorded. */
export async function readRecordedEvidence(
  db: Kysely<EngineTables>,
  application: string,
): Promise<readonly RecordedEvidence[]> {
  const { rows } = await sql<EvidenceRow>`
    select e.id, e.release_digest, e.collected_at, e.source, e.fact, e.source_commit, e.recorded_at from evidence e
    where e.release_digest in (select digest from release where application = ${application})
    union all
    select e.id, e.release_digest, e.collected_at, e.source, e.fact, e.source_commit, e.recorded_at from earlier_evidence e
    where e.release_digest in (select digest from release where application = ${application})
  `.execute(db);
  return rows.map((row) => ({
    id: row.id,
    releaseDigest: row.release_digest,
    collectedAt: row.collected_at,
    source: row.source,
    sourceCommit: row.source_commit ?? undefined,
    fact: row.fact,
    recordedAt: row.recorded_at ?? undefined,
  }));
}
