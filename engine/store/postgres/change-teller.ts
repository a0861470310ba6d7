import { escapeLiteral, type Pool } from 'pg';
import { changeChannel, newsText } from './change-channel.ts';

/** What changes again and again is told at most so often. */
const intervalMs = 100;

/**
 * Tells whoever listens which promotions have changed, shortly after they have: apart from the change, because commits that
 * notify wait for each other. What is lost when this process dies is found by those who look for themselves now and then.
 */
export class ChangeTeller {
  readonly #pool: Pool;
  #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #telling: Promise<void> = Promise.resolve();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  tell(promotionId: string): void {
    this.#changed.add(promotionId);
    this.#timer ??= setTimeout(() => {
      this.#flush();
    }, intervalMs).unref();
  }

  /** Tells what is left to be told. */
  async close(): Promise<void> {
    this.#flush();
    await this.#telling;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#changed.size === 0) return;
    const text = newsText({ kind: 'promotions', ids: [...this.#changed] });
    this.#changed = new Set();
    this.#telling = this.#telling.then(() => this.#send(text)).catch(() => undefined);
  }

  async #send(text: string): Promise<void> {
    // It changes nothing, so that nobody needs to wait for a disk.
    await this.#pool.query(
      `begin; set local synchronous_commit to off; select pg_notify(${escapeLiteral(changeChannel)}, ${escapeLiteral(text)}); commit`,
    );
  }
}
