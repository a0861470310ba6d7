import { Client, escapeIdentifier } from 'pg';
import type { ChangeListener, ChangeNews, ChangeSource } from '../change-news.ts';
import { changeChannel, newsOf } from './change-channel.ts';

/** A connection over which nothing came for so long is asked whether it is there still. */
const checkedEveryMs = 15_000;
const answersWithinMs = 5000;
const firstPauseMs = 200;
const longestPauseMs = 5000;

/**
 * Listens for all of a process on one connection of its own. When that is lost it makes another one, and tells that
 * everything may have changed meanwhile.
 */
export class PostgresChanges implements ChangeSource {
  readonly #url: string;
  readonly #listeners = new Set<ChangeListener>();
  #client: Client | undefined;
  #check: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #pauseMs = firstPauseMs;
  #isClosed = false;

  /** @param url of the engine's database. It holds a password: never log it. */
  constructor(url: string) {
    this.#url = url;
  }

  /** Begins to listen; a database that does not answer yet is tried again by itself. */
  async start(): Promise<void> {
    const client = new Client({
      connectionString: this.#url,
      application_name: 'promotion-process changes',
      keepAlive: true,
      query_timeout: answersWithinMs,
      connectionTimeoutMillis: answersWithinMs,
    });
    client.on('error', () => {
      this.#lose(client);
    });
    client.on('end', () => {
      this.#lose(client);
    });
    client.on('notification', ({ payload = '' }) => {
      this.#tell(newsOf(payload));
    });
    this.#client = client;
    try {
      await client.connect();
      await client.query(`listen ${escapeIdentifier(changeChannel)}`);
    } catch {
      this.#lose(client);
      return;
    }
    this.#pauseMs = firstPauseMs;
    this.#check = setInterval(() => {
      client.query('select 1').catch(() => {
        this.#lose(client);
      });
    }, checkedEveryMs);
    this.#check.unref();
    // From the first listening on nothing is missed; whatever was before is.
    this.#tell({ kind: 'everything' });
  }

  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#check);
    clearTimeout(this.#retry);
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  #lose(client: Client): void {
    if (this.#client !== client || this.#isClosed) return;
    this.#client = undefined;
    clearInterval(this.#check);
    client.end().catch(() => undefined);
    this.#retry = setTimeout(() => {
      this.start().catch(() => undefined);
    }, this.#pauseMs);
    this.#retry.unref();
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2);
  }

  #tell(news: ChangeNews): void {
    for (const listener of this.#listeners) listener(news);
  }
}
