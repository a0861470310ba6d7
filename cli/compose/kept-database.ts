import { causeWithOriginal } from '../../engine/wording/cause-text.ts';
/** The database of local mode, as whoever keeps it running sees it. */
export interface LocalDatabase {
  /** Starts it unless it runs. @returns where it answers. */
  readonly ensure: () => Promise<{ readonly url: string; readonly wasStarted: boolean }>;
  /** Where everything that is open looks for it. */
  readonly url: string;
  readonly log: (line: string) => void;
}

/** No try follows another sooner. */
const pauseMs = 2000;
const goneCodes: readonly string[] = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03'];

/** Starts local mode's own database again when it ended while everything else runs. */
export class KeptDatabase {
  readonly #database: LocalDatabase;
  readonly #now: () => number;
  #triedAt = Number.NEGATIVE_INFINITY;
  #told: string | undefined;

  /** @param now in milliseconds. */
  constructor(database: LocalDatabase, now: () => number = () => performance.now()) {
    this.#database = database;
    this.#now = now;
  }

  /** @param error of work with the database. @returns false when it says nothing of a database that has gone. */
  async mend(error: unknown): Promise<boolean> {
    if (!saysThatItIsGone(error)) return false;
    if (this.#now() - this.#triedAt < pauseMs) return true;
    this.#triedAt = this.#now();
    await this.#startAgain();
    return true;
  }

  async #startAgain(): Promise<void> {
    try {
      const { url, wasStarted } = await this.#database.ensure();
      this.#told = undefined;
      if (hostOf(url) !== hostOf(this.#database.url)) {
        this.#tell(
          `Postgres answers at ${hostOf(url)} now, which is another port than everything here knows: npm stop, then npm start`,
        );
      } else if (wasStarted) {
        this.#tell(`Postgres had ended; it was started again at ${hostOf(url)}, and what was on its way goes on`);
      }
    } catch (error) {
      const why = causeWithOriginal(error);
      this.#tell(`Postgres has ended and cannot be started again: ${why}; the next try follows`);
    }
  }

  #tell(line: string): void {
    if (line === this.#told) return;
    this.#told = line;
    this.#database.log(line);
  }
}

function saysThatItIsGone(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(saysThatItIsGone);
  if (!(error instanceof Error)) return false;
  if ('code' in error && goneCodes.includes(String(error.code))) return true;
  return /connection terminated|terminating connection/i.test(error.message) || saysThatItIsGone(error.cause);
}

function hostOf(url: string): string {
  return new URL(url).host;
}
