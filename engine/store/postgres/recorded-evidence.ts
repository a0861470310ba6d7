import { sql, type Kysely } from 'kysely';
import type { RecordedEvidence } from '../../replay/past.ts';
import { evidenceOf, type EvidenceRow } from './evidence-records.ts';
import type { EngineTables } from './tables.ts';

interface RecordedRow extends EvidenceRow {
  readonly recorded_at: Date | null;
}

/** All evidence about an application's releases as it was ever recorded. */
export async function readRecordedEvidence(
  db: Kysely<EngineTables>,
  application: string,
): Promise<readonly RecordedEvidence[]> {
  const { rows } = await sql<RecordedRow>`
    select e.id, e.release_digest, e.collected_at, e.source, e.fact, e.source_commit, e.recorded_at from evidence e
    where e.release_digest in (select digest from release where application = ${application})
    union all
    select e.id, e.release_digest, e.collected_at, e.source, e.fact, e.source_commit, e.recorded_at from earlier_evidence e
    where e.release_digest in (select digest from release where application = ${application})
  `.execute(db);
  return rows.map((row) => ({ ...evidenceOf(row), recordedAt: row.recorded_at ?? undefined }));
}
