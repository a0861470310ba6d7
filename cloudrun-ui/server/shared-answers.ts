import type { SharedCounting } from '../../engine/promotion-service.ts';

export interface SharedAnswersOptions {
  /** Grows with everything that changes. */
  place(): number;
  /** A clock that only goes forward, in milliseconds. */
  nowMs(): number;
}

interface Entry {
  readonly answer: unknown;
  readonly place: number;
  readonly takenAtMs: number;
  readonly tookMs: number;
}

/** What nobody told of is seen after this long at the latest. */
const longestMs = 30_000;
/** What takes long is done so seldom that it takes one part in this many of the time. */
const share = 20;
const mostEntries = 100;

/**
 * Has what takes long done once for all who ask for the same, until something changes; and where things change all the time,
 * only now and then, while whoever asks gets what was found a moment ago.
 */
export class SharedAnswers implements SharedCounting {
  readonly #options: SharedAnswersOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(options: SharedAnswersOptions) {
    this.#options = options;
  }

  /** @param key what is asked for, and all that the answer depends on. */
  async of<Answer>(key: string, find: () => Promise<Answer>): Promise<Answer> {
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      const ageMs = this.#options.nowMs() - entry.takenAtMs;
      if (entry.place === this.#options.place() && ageMs < longestMs) return entry.answer as Answer;
      if (ageMs < Math.min(longestMs, share * entry.tookMs)) {
        // Whoever waits for it hears of a failure; nobody does.
        this.#find(key, find).catch(() => undefined);
        return entry.answer as Answer;
      }
    }
    return (await this.#find(key, find)) as Answer;
  }

  #find(key: string, find: () => Promise<unknown>): Promise<unknown> {
    const known = this.#underWay.get(key);
    if (known !== undefined) return known;
    const finding = this.#take(key, find).finally(() => {
      this.#underWay.delete(key);
    });
    this.#underWay.set(key, finding);
    return finding;
  }

  async #take(key: string, find: () => Promise<unknown>): Promise<unknown> {
    // What changes while it is looked for may not be in it.
    const place = this.#options.place();
    const startedAtMs = this.#options.nowMs();
    const answer = await find();
    const takenAtMs = this.#options.nowMs();
    this.#entries.delete(key);
    this.#entries.set(key, { answer, place, takenAtMs, tookMs: takenAtMs - startedAtMs });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > mostEntries && oldest !== undefined) this.#entries.delete(oldest);
    return answer;
  }
}
