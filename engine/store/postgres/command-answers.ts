import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { AnswerClaim, AnswerKey, AnswerStore } from '../answer-store.ts';

/** Whoever carries a command out says more often than this that he still does. */
const abandonedAfter = '15 seconds';
const keptFor = '1 day';

interface AnswerRow {
  readonly request: string;
  readonly answer: string | null;
  readonly is_mine: boolean;
}

/** What commands answered, in Postgres and by its clock, so that every instance of the server knows it. */
export class CommandAnswers implements AnswerStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async claim({ person, key }: AnswerKey, request: string): Promise<AnswerClaim> {
    await this.#pool.query(
      `delete from command_answer where ctid in (
         select ctid from command_answer where claimed_at < clock_timestamp() - interval '${keptFor}' limit 100
       )`,
    );
    const claim = randomUUID();
    // The row is locked while it is decided, so that of two who come at once one claims it.
    const { rows } = await this.#pool.query<AnswerRow>(
      `insert into command_answer as a (person, key, request, claim, claimed_at)
       values ($1, $2, $3, $4, clock_timestamp())
       on conflict (person, key) do update set (claim, claimed_at) = (
         select excluded.claim, excluded.claimed_at
         where a.answer is null and a.request = excluded.request
           and a.claimed_at < clock_timestamp() - interval '${abandonedAfter}'
         union all select a.claim, a.claimed_at limit 1
       )
       returning request, answer, claim = $4 as is_mine`,
      [person, key, request, claim],
    );
    const [row] = rows;
    if (row === undefined || row.is_mine) return { kind: 'claimed', claim };
    if (row.request !== request) return { kind: 'other-request' };
    return row.answer === null ? { kind: 'under-way' } : { kind: 'answered', answer: row.answer };
  }

  async renew({ person, key }: AnswerKey, claim: string): Promise<void> {
    await this.#pool.query(
      `update command_answer set claimed_at = clock_timestamp()
       where person = $1 and key = $2 and claim = $3 and answer is null`,
      [person, key, claim],
    );
  }

  async keep({ person, key }: AnswerKey, claim: string, answer: string): Promise<void> {
    await this.#pool.query('update command_answer set answer = $4 where person = $1 and key = $2 and claim = $3', [
      person,
      key,
      claim,
      answer,
    ]);
  }

  async forget({ person, key }: AnswerKey, claim: string): Promise<void> {
    await this.#pool.query(
      'delete from command_answer where person = $1 and key = $2 and claim = $3 and answer is null',
      [person, key, claim],
    );
  }
}
