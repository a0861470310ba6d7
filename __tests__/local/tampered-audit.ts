import { Client } from 'pg';
import { chainEvent, genesisHash } from '../../engine/audit/hash-chain.ts';
import type { JsonObject } from '../../engine/json.ts';
import type { Actor } from '../../engine/workflow/actor.ts';

interface EventRow {
  readonly seq: string;
  readonly at: Date;
  readonly type: string;
  readonly actor: Actor;
  readonly data: JsonObject;
}

/**
 * What a database superuser who knows the engine can do to its memory: change entries, then compute every hash anew,
 * and make the promotion's own row and the hints about signed heads agree.
 */
export class TamperingSuperuser {
  readonly #client: Client;

  constructor(url: string) {
    this.#client = new Client({ connectionString: url });
  }

  async connect(): Promise<void> {
    await this.#client.connect();
  }

  async end(): Promise<void> {
    await this.#client.end();
  }

  async query(sql: string, values: readonly unknown[] = []): Promise<void> {
    await this.#client.query(sql, [...values]);
  }

  async count(promotionId: string): Promise<number> {
    const { rows } = await this.#client.query<{ n: string }>(
      'select count(*) as n from event where promotion_id = $1',
      [promotionId],
    );
    return Number(rows[0]?.n);
  }

  /** Makes every hash of a chain right again, whatever its entries say now. */
  async recompute(promotionId: string): Promise<void> {
    const { rows } = await this.#client.query<EventRow>(
      'select seq, at, type, actor, data from event where promotion_id = $1 order by seq',
      [promotionId],
    );
    let previousHash = genesisHash;
    for (const row of rows) {
      const entry = {
        promotionId,
        seq: Number(row.seq),
        at: row.at,
        type: row.type,
        actor: row.actor,
        data: row.data,
        previousHash,
      };
      const hash = chainEvent(entry);
      await this.query('update event set previous_hash = $3, hash = $4 where promotion_id = $1 and seq = $2', [
        promotionId,
        row.seq,
        previousHash,
        hash,
      ]);
      previousHash = hash;
    }
    await this.query('update promotion set event_seq = $2, head_hash = $3 where id = $1', [
      promotionId,
      rows.length,
      previousHash,
    ]);
    await this.query('update audit_head set seq = $2 where promotion_id = $1', [promotionId, rows.length]);
  }
}
