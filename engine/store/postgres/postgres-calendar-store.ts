import { sql, type Kysely, type Transaction } from 'kysely';
import type { DeclaredFreeze, Hold } from '../../schedule/schedule.ts';
import type { AdministrationEvent } from '../administration-store.ts';
import type { CalendarStore, DeclarationFilter } from '../calendar-store.ts';
import { administer } from './administration-log.ts';
import { readFreezes, readHolds } from './declarations.ts';
import type { EngineTables } from './tables.ts';

/** Holds, declared freezes and paused auto-promotion in Postgres. */
export class PostgresCalendarStore implements CalendarStore {
  readonly #db: Kysely<EngineTables>;

  constructor(db: Kysely<EngineTables>) {
    this.#db = db;
  }

  holds(filter: DeclarationFilter): Promise<readonly Hold[]> {
    return readHolds(this.#db, filter);
  }

  async hold(hold: Hold, event: AdministrationEvent): Promise<boolean> {
    const { application, environment, reason, heldBy, since } = hold;
    const row = { reason, held_by: heldBy, since, until: hold.until ?? null };
    const result = await administer(this.#db, event, async (transaction) => {
      const before = await transaction
        .selectFrom('hold')
        .select(['reason', 'until'])
        .where('application', '=', application)
        .where('environment', '=', environment)
        .forUpdate()
        .executeTakeFirst();
      if (before?.reason === reason && before.until?.getTime() === hold.until?.getTime()) return 'unchanged';
      await transaction
        .insertInto('hold')
        .values({ application, environment, ...row })
        .onConflict((conflict) => conflict.columns(['application', 'environment']).doUpdateSet(row))
        .execute();
      await wakeWaiting(transaction, application, environment, event.at);
      return true;
    });
    return result === true;
  }

  async releaseHold(application: string, environment: string, event: AdministrationEvent): Promise<boolean> {
    const result = await administer(this.#db, event, async (transaction) => {
      const { numDeletedRows } = await transaction
        .deleteFrom('hold')
        .where('application', '=', application)
        .where('environment', '=', environment)
        .executeTakeFirst();
      if (numDeletedRows === 0n) return 'unchanged';
      await wakeWaiting(transaction, application, environment, event.at);
      return true;
    });
    return result === true;
  }

  freezes(filter: DeclarationFilter): Promise<readonly DeclaredFreeze[]> {
    return readFreezes(this.#db, filter);
  }

  async declareFreeze(freeze: DeclaredFreeze, event: AdministrationEvent): Promise<void> {
    const { id, name, application, environment, reason } = freeze;
    await administer(this.#db, event, async (transaction) => {
      await transaction
        .insertInto('declared_freeze')
        .values({
          id,
          name,
          application,
          environment,
          reason,
          from_at: freeze.from,
          to_at: freeze.to,
          except_hotfix: freeze.exceptHotfix,
          declared_by: freeze.declaredBy,
          declared_at: freeze.declaredAt,
          lifted_by: null,
          lifted_at: null,
        })
        .execute();
      await wakeWaiting(transaction, application, environment, event.at);
    });
  }

  async liftFreeze(id: string, event: AdministrationEvent): Promise<boolean> {
    const result = await administer(this.#db, event, async (transaction) => {
      const lifted = await transaction
        .updateTable('declared_freeze')
        .set({ lifted_by: event.actor.id, lifted_at: event.at })
        .where('id', '=', id)
        .where('lifted_at', 'is', null)
        .returning(['application', 'environment'])
        .executeTakeFirst();
      if (lifted === undefined) return 'unchanged';
      await wakeWaiting(transaction, lifted.application, lifted.environment, event.at);
      return true;
    });
    return result === true;
  }

  async resumeAutoPromotion(application: string, environment: string, event: AdministrationEvent): Promise<boolean> {
    const result = await administer(this.#db, event, async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('environment')
        .set({ auto_promotion_paused_at: null })
        .where('application', '=', application)
        .where('name', '=', environment)
        .where('auto_promotion_paused_at', 'is not', null)
        .executeTakeFirst();
      return numUpdatedRows === 0n ? 'unchanged' : true;
    });
    return result === true;
  }
}

/**
 * Has the promotions look again that wait for their window. Their versions grow, so that a run which has just judged by
 * what was declared before cannot park on it: its commit conflicts, and it judges again.
 */
async function wakeWaiting(
  transaction: Transaction<EngineTables>,
  application: string,
  environment: string,
  at: Date,
): Promise<void> {
  await sql`
    with waiting as (
      select id from promotion
      where ended_at is null and state = 'APPROVAL_GRANTED'
        and (${application}::text = '*' or application = ${application})
        and (${environment}::text = '*' or to_environment = ${environment})
      order by id for no key update
    ), touched as (
      update promotion p set version = p.version + 1 from waiting where p.id = waiting.id returning p.id
    )
    insert into dispatch (promotion_id, due_at) select id, ${at}::timestamptz from touched
    on conflict (promotion_id) do update set due_at = least(dispatch.due_at, excluded.due_at)
  `.execute(transaction);
}
