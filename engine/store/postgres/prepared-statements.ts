import type { Pool } from 'pg';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Release } from '../../release.ts';
import type { LogLine } from '../../workflow/log-buffer.ts';
import type { DeployedRelease, Vote } from '../../workflow/step-queries.ts';
import type { ChainedEvent } from '../../workflow/transition.ts';
import { evidenceOf, type EvidenceRow } from './evidence-records.ts';
import { finerTime } from './finer-time.ts';
import { toRelease, type ReleaseRow } from './record-mapping.ts';

/*
 * What every run of every promotion asks again and again, each by a name under which a connection has read and planned it
 * once. Columns are named one by one: a statement with a star fails on every connection that knows it once a newer
 * engine's migration adds a column.
 */

const releaseColumnNames = [
  'id',
  'application',
  'name',
  'digest',
  'content',
  'created_at',
  'created_by',
  'bad_since',
  'bad_reason',
  'bad_by',
] as const satisfies readonly (keyof ReleaseRow)[];
const releaseColumns = releaseColumnNames.map((name) => `r.${name}`).join(', ');

export async function readRelease(pool: Pool, id: string): Promise<Release | undefined> {
  const { rows } = await pool.query<ReleaseRow>({
    name: 'release',
    text: `select ${releaseColumns} from release r where r.id = $1`,
    values: [id],
  });
  return rows[0] === undefined ? undefined : toRelease(rows[0]);
}

export async function readNamedRelease(pool: Pool, application: string, name: string): Promise<Release | undefined> {
  const { rows } = await pool.query<ReleaseRow>({
    name: 'named-release',
    text: `select ${releaseColumns} from release r where r.application = $1 and r.name = $2`,
    values: [application, name],
  });
  return rows[0] === undefined ? undefined : toRelease(rows[0]);
}

/** What ran in an environment, newest first. @param most of how many at most. */
export async function readDeployedReleases(
  pool: Pool,
  application: string,
  environment: string,
  most: number,
): Promise<readonly DeployedRelease[]> {
  const { rows } = await pool.query<
    ReleaseRow & { promotion_id: string | null; deployed_at: Date; verified_at: Date | null }
  >({
    name: 'deployed-releases',
    text: `
      select ${releaseColumns}, d.promotion_id, d.deployed_at, d.verified_at
      from deployed_release d join release r on r.id = d.release_id
      where d.application = $1 and d.environment = $2 order by d.id desc limit $3`,
    values: [application, environment, most],
  });
  return rows.map((row) => ({
    release: toRelease(row),
    promotionId: row.promotion_id ?? undefined,
    deployedAt: row.deployed_at,
    verifiedAt: row.verified_at ?? undefined,
  }));
}

/** What is known about a release, newest first. */
export async function readEvidence(pool: Pool, releaseDigest: string): Promise<readonly Evidence[]> {
  const { rows } = await pool.query<EvidenceRow>({
    name: 'evidence',
    text: `
      select id, release_digest, collected_at, source, fact, source_commit from evidence
      where release_digest = $1 order by collected_at desc, id`,
    values: [releaseDigest],
  });
  return rows.map(evidenceOf);
}

/** In the order in which they were given. */
export async function readVotes(pool: Pool, promotionId: string): Promise<readonly Vote[]> {
  const { rows } = await pool.query<Omit<Vote, 'planHash' | 'comment'> & { plan_hash: string; comment: string | null }>(
    {
      name: 'votes',
      text: 'select stage, actor, decision, plan_hash, comment, at from vote where promotion_id = $1 order by at',
      values: [promotionId],
    },
  );
  return rows.map(({ stage, actor, decision, plan_hash: planHash, comment, at }) => ({
    stage,
    actor,
    decision,
    planHash,
    comment: comment ?? undefined,
    at,
  }));
}

/** A promotion's audit trail, oldest first. */
export async function readEvents(pool: Pool, promotionId: string): Promise<readonly ChainedEvent[]> {
  const { rows } = await pool.query<
    Pick<ChainedEvent, 'at' | 'type' | 'actor' | 'data' | 'hash'> & {
      seq: string;
      previous_hash: string;
      is_finer: boolean;
    }
  >({
    name: 'events',
    text: `
      select seq, at, date_trunc('milliseconds', at) <> at as is_finer, type, actor, data, previous_hash, hash
      from event where promotion_id = $1 order by seq`,
    values: [promotionId],
  });
  return rows.map((row) => ({
    seq: Number(row.seq),
    at: row.at,
    ...finerTime(row.is_finer),
    type: row.type,
    actor: row.actor,
    data: row.data,
    previousHash: row.previous_hash,
    hash: row.hash,
  }));
}

/** However many lines, it is one statement. */
export async function appendLogs(pool: Pool, lines: readonly LogLine[]): Promise<void> {
  await pool.query({
    name: 'append-logs',
    text: `
      insert into step_log (promotion_id, step, attempt, at, line)
      select * from unnest($1::text[], $2::text[], $3::int[], $4::timestamptz[], $5::text[])`,
    values: [
      lines.map(({ promotionId }) => promotionId),
      lines.map(({ step }) => step),
      lines.map(({ attempt }) => attempt),
      lines.map(({ at }) => at),
      lines.map(({ line }) => line),
    ],
  });
}
