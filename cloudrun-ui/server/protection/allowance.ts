export interface AllowanceOptions {
  /** At once. */
  readonly burst: number;
  readonly perSecond: number;
  /** A clock that only goes forward, in milliseconds. */
  nowMs(): number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** More than these are looked through for such as are full again, which need not be remembered. */
const mostBuckets = 10_000;

/** How often each of many may ask: so many at once, and so many more a second. */
export class Allowance {
  readonly #options: AllowanceOptions;
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: AllowanceOptions) {
    this.#options = options;
  }

  /** @returns 0 when it may ask, else in how many seconds it may. */
  take(who: string): number {
    const { burst, perSecond } = this.#options;
    const now = this.#options.nowMs();
    const bucket = this.#buckets.get(who) ?? this.#add(who, now);
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledAtMs) / 1000) * perSecond);
    bucket.filledAtMs = now;
    if (bucket.tokens < 1) return (1 - bucket.tokens) / perSecond;
    bucket.tokens -= 1;
    return 0;
  }

  #add(who: string, now: number): Bucket {
    if (this.#buckets.size >= mostBuckets) this.#forgetFull(now);
    const bucket = { tokens: this.#options.burst, filledAtMs: now };
    this.#buckets.set(who, bucket);
    return bucket;
  }

  #forgetFull(now: number): void {
    const { burst, perSecond } = this.#options;
    for (const [who, { tokens, filledAtMs }] of this.#buckets) {
      if (tokens + ((now - filledAtMs) / 1000) * perSecond >= burst) this.#buckets.delete(who);
    }
  }
}
