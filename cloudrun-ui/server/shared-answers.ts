import type { Sharing } from '../../engine/promotion-service.ts';

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
const longestMs = 10_000;
/** What takes long is done so seldom that it takes one part in this many of the time. */
const share = 20;
/** So many times as long as it took, and no longer than a minute, what takes long is given while it is found anew. */
const patience = 100;
const oldestMs = 60_000;
const mostEntries = 100;

/**
 * Has what takes long done once for all who ask for the same, until something changes; and what may be old, where things
 * change all the time, only now and then, while whoever asks gets what was found a moment ago.
 */
export class SharedAnswers implements Sharing {
  readonly #options: SharedAnswersOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #underWay = new Map<string, Promise<unknown>>();
  readonly #made = new WeakMap<object, unknown>();
  /** Grows with everything that was done here, of which nobody else needs to tell. */
  #done = 0;

  constructor(options: SharedAnswersOptions) {
    this.#options = options;
  }

  /**
   * @param key what is asked for, and all that the answer depends on.
   * @param mayBeOld whether what was found before the last change will do for a while.
   */
  async of<Answer>(key: string, find: () => Promise<Answer>, { mayBeOld = false } = {}): Promise<Answer> {
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      const ageMs = this.#options.nowMs() - entry.takenAtMs;
      const isAsItWas = entry.place === this.#place() && ageMs < longestMs;
      if (isAsItWas || (mayBeOld && ageMs < Math.min(longestMs, share * entry.tookMs))) return entry.answer as Answer;
      if (mayBeOld && ageMs < Math.min(oldestMs, patience * entry.tookMs)) {
        // Whoever waits for it hears of a failure; nobody does.
        this.#find(key, find, mayBeOld).catch(() => undefined);
        return entry.answer as Answer;
      }
    }
    return (await this.#find(key, find, mayBeOld)) as Answer;
  }

  #find(key: string, find: () => Promise<unknown>, mayBeOld: boolean): Promise<unknown> {
    // What was begun before a change may not have it in it; what may be old is never done twice at once.
    const now = mayBeOld ? key : `${String(this.#place())} ${key}`;
    const known = this.#underWay.get(now);
    if (known !== undefined) return known;
    const finding = this.#take(key, find).finally(() => {
      this.#underWay.delete(now);
    });
    this.#underWay.set(now, finding);
    return finding;
  }

  /** What is made of a shared answer, such as its text, once for all who get it. */
  madeOf<Answer extends object, Made>(answer: Answer, make: (answer: Answer) => Made): Made {
    const known = this.#made.get(answer);
    if (known !== undefined) return known as Made;
    const made = make(answer);
    this.#made.set(answer, made);
    return made;
  }

  /** Says that something was done here: whoever did it has to see it at once. */
  change(): void {
    this.#done += 1;
  }

  #place(): number {
    return this.#options.place() + this.#done;
  }

  async #take(key: string, find: () => Promise<unknown>): Promise<unknown> {
    // What changes while it is looked for may not be in it.
    const place = this.#place();
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
