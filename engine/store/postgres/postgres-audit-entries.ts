import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { JsonObject } from '../../json.ts';
import type { Actor } from '../../workflow/actor.ts';
import type { PromotionKind } from '../../workflow/promotion.ts';
import { administrationChain } from '../administration-store.ts';
import type { AuditEntryQuery, AuditEntryStore, StoredAuditEntry } from '../audit-entry-store.ts';
import type { Sight } from '../sight.ts';
import type { EngineTables } from './tables.ts';
import { withinSight } from './within-sight.ts';

interface Row {
  readonly chain: string;
  readonly seq: string;
  readonly at: Date;
  readonly fine_at: string;
  readonly type: string;
  readonly actor: Actor;
  readonly data: JsonObject;
  readonly previous_hash: string;
  readonly hash: string;
  readonly application: string | null;
  readonly environment: string | null;
  readonly release: string | null;
  readonly kind: PromotionKind | null;
}

/** Entries of all chains beside each other; each chain by itself is read elsewhere. */
export class PostgresAuditEntries implements AuditEntryStore {
  readonly #db: Kysely<EngineTables>;

  constructor(db: Kysely<EngineTables>) {
    this.#db = db;
  }

  async entries(query: AuditEntryQuery): Promise<readonly StoredAuditEntry[]> {
    const { application, environment, sight, limit } = query;
    const ofPromotions = [
      ...common(query, sql`e.promotion_id`),
      ...(application === undefined ? [] : [sql`p.application = ${application}`]),
      ...(environment === undefined ? [] : [sql`p.to_environment = ${environment}`]),
      ...withinSight(sight, sql`p.application`, sql`p.to_environment`),
    ];
    const ofAdministration = [
      ...common(query, sql`${administrationChain}::text`),
      ...(application === undefined ? [] : [sql`e.data ->> 'application' in (${application}, '*')`]),
      ...(environment === undefined ? [] : [sql`e.data ->> 'environment' in (${environment}, '*')`]),
      ...concerningSight(sight),
    ];
    const entry = sql`e.seq, e.at, ${fineAt} as fine_at, e.type, e.actor, e.data, e.previous_hash, e.hash`;
    const { rows } = await sql<Row>`
      select * from (
        (select e.promotion_id as chain, ${entry}, p.application, p.to_environment as environment, r.name as release, p.kind
         from event e join promotion p on p.id = e.promotion_id join release r on r.id = p.release_id
         where ${sql.join(ofPromotions, sql` and `)}
         order by e.at desc, e.promotion_id desc, e.seq desc limit ${limit})
        union all
        (select ${administrationChain}::text as chain, ${entry}, e.data ->> 'application', e.data ->> 'environment',
           e.data ->> 'release', null
         from administration_event e
         where ${sql.join(ofAdministration, sql` and `)}
         order by e.at desc, e.seq desc limit ${limit})
      ) as entry order by at desc, chain desc, seq desc limit ${limit}
    `.execute(this.#db);
    return rows.map(toEntry);
  }
}

/** What people did beside promotions is seen by whom it concerns; what names no application, by those who see everything. */
function concerningSight(sight: Sight): readonly RawBuilder<unknown>[] {
  if (sight === undefined) return [];
  const [applications, environments] = [
    sight.map((place) => place.application),
    sight.map((place) => place.environment),
  ];
  return [
    sql`exists (
      select 1 from unnest(${applications}::text[], ${environments}::text[]) as seen (application, environment)
      where (seen.application = '*' or e.data ->> 'application' in (seen.application, '*'))
        and (seen.environment = '*' or coalesce(e.data ->> 'environment', '*') in (seen.environment, '*'))
        and e.data ? 'application'
    )`,
  ];
}

const fineAt = sql`to_char(e.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

function common({ by, types, isOfPeople, since, until, before }: AuditEntryQuery, chain: ReturnType<typeof sql>) {
  return [
    sql`true`,
    ...(by === undefined
      ? []
      : [sql`${by} in (e.actor ->> 'id', e.actor ->> 'onBehalfOf', e.actor ->> 'spokenForBy')`]),
    ...(types === undefined ? [] : [sql`e.type = any (${[...types]}::text[])`]),
    ...(isOfPeople === true ? [sql`e.actor ->> 'via' <> 'engine'`] : []),
    ...(since === undefined ? [] : [sql`e.at >= ${since}`]),
    ...(until === undefined ? [] : [sql`e.at < ${until}`]),
    // The first comparison alone lets the index on the time be used.
    ...(before === undefined
      ? []
      : [
          sql`e.at <= ${before.at}::timestamptz`,
          sql`(e.at, ${chain}, e.seq) < (${before.at}::timestamptz, ${before.chain}, ${before.seq}::bigint)`,
        ]),
  ];
}

function toEntry(row: Row): StoredAuditEntry {
  const seq = Number(row.seq);
  return {
    chain: row.chain,
    place: { at: row.fine_at, chain: row.chain, seq },
    seq,
    at: row.at,
    type: row.type,
    actor: row.actor,
    data: row.data,
    previousHash: row.previous_hash,
    hash: row.hash,
    application: row.application ?? undefined,
    environment: row.environment ?? undefined,
    release: row.release ?? undefined,
    kind: row.kind ?? undefined,
  };
}
