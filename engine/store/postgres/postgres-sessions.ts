import type { Pool } from 'pg';
import type { PendingSignIn, Session, SessionStore } from '../session-store.ts';

/** That somebody is there is written down no more often. */
const seenEvery = '1 minute';

/** Who is signed in, in Postgres. */
export class PostgresSessions implements SessionStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async beginSignIn(signIn: PendingSignIn, lifeSeconds: number): Promise<void> {
    await this.#pool.query('delete from sign_in where expires_at < clock_timestamp()');
    await this.#pool.query(
      `insert into sign_in (state_hash, browser_hash, code_verifier, nonce, return_to, expires_at)
       values ($1, $2, $3, $4, $5, clock_timestamp() + make_interval(secs => $6))`,
      [signIn.stateHash, signIn.browserHash, signIn.codeVerifier, signIn.nonce, signIn.returnTo, lifeSeconds],
    );
  }

  async takeSignIn(stateHash: string): Promise<PendingSignIn | undefined> {
    const { rows } = await this.#pool.query<PendingSignIn & { isOver: boolean }>(
      `delete from sign_in where state_hash = $1
       returning state_hash as "stateHash", browser_hash as "browserHash", code_verifier as "codeVerifier", nonce,
         return_to as "returnTo", expires_at < clock_timestamp() as "isOver"`,
      [stateHash],
    );
    const [row] = rows;
    if (row === undefined || row.isOver) return undefined;
    const { isOver: _, ...signIn } = row;
    return signIn;
  }

  async openSession(tokenHash: string, person: string, lifeSeconds: number): Promise<void> {
    await this.#pool.query('delete from session where expires_at < clock_timestamp()');
    await this.#pool.query(
      `insert into session (token_hash, person, since, last_seen_at, expires_at)
       values ($1, $2, clock_timestamp(), clock_timestamp(), clock_timestamp() + make_interval(secs => $3))`,
      [tokenHash, person, lifeSeconds],
    );
  }

  async findSession(tokenHash: string, idleSeconds: number): Promise<Session | undefined> {
    const { rows } = await this.#pool.query<Session & { isStale: boolean }>(
      `select person, since, last_seen_at < clock_timestamp() - interval '${seenEvery}' as "isStale"
       from session
       where token_hash = $1 and expires_at > clock_timestamp()
         and last_seen_at > clock_timestamp() - make_interval(secs => $2)`,
      [tokenHash, idleSeconds],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    if (row.isStale) {
      await this.#pool.query('update session set last_seen_at = clock_timestamp() where token_hash = $1', [tokenHash]);
    }
    return { person: row.person, since: row.since };
  }

  async endSession(tokenHash: string): Promise<void> {
    await this.#pool.query('delete from session where token_hash = $1', [tokenHash]);
  }
}
