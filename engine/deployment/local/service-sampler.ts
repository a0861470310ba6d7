import { addBuckets, type Buckets } from '../../metrics/histogram.ts';
import { storedBuckets, type Sample } from '../../metrics/local/sample.ts';
import type { Sample as Scraped } from '../../metrics/prometheus-text.ts';
import { trafficBetween } from '../../metrics/service-traffic.ts';
import type { ProcessUsage } from './process-usage.ts';

/** One running process of a service. */
export interface SampledInstance {
  /** Names the process and no other one. */
  readonly token: string;
  readonly pid: number | undefined;
  readonly port: number;
}

/** What the platform itself knows of a service at one moment. */
export interface ServiceState {
  readonly instances: readonly SampledInstance[];
  readonly isReady: boolean;
  /** How often its instances were started again since the platform began; it never falls. */
  readonly restarts: number;
  /** Requests that the platform could not pass on, or that broke off, since it began; it never falls. */
  readonly unanswered: number;
}

export interface SamplerTools {
  scrape(port: number): Promise<readonly Scraped[] | undefined>;
  usage(pid: number): Promise<ProcessUsage | undefined>;
}

interface Taken {
  readonly scraped: readonly Scraped[];
  readonly cpuSeconds: number;
}

interface Amount {
  requests: number;
  failed: number;
  buckets: Buckets;
  cpuSeconds: number;
}

/**
 * Turns what the processes of one service count since they began into what happened from one look to the next. A process
 * that was not there before counts from its beginning, and one that is about to be stopped is looked at once more.
 */
export class ServiceSampler {
  readonly #tools: SamplerTools;
  readonly #last = new Map<string, Taken>();
  /** Processes that told everything; one of them that is met again would be counted from its beginning. */
  readonly #gone = new Set<string>();
  /** Of those that went since the last sample. */
  #left = nothing();
  /** One look after the other: two at once would both count what happened since the same earlier one. */
  #turn: Promise<unknown> = Promise.resolve();
  #restarts = 0;
  #unanswered = 0;

  constructor(tools: SamplerTools) {
    this.#tools = tools;
  }

  /** Takes what a process has still to tell before it is stopped. */
  takeLeave(instance: SampledInstance): Promise<void> {
    return this.#inTurn(async () => {
      await this.#take(instance, this.#left);
      this.#last.delete(instance.token);
      this.#gone.add(instance.token);
    });
  }

  /** @param seconds since the last sample. */
  sample(state: ServiceState, at: Date, seconds: number): Promise<Sample> {
    return this.#inTurn(() => this.#sample(state, at, seconds));
  }

  async #sample(state: ServiceState, at: Date, seconds: number): Promise<Sample> {
    const amount = this.#left;
    this.#left = nothing();
    const present = state.instances.filter(({ token }) => !this.#gone.has(token));
    const taken = await Promise.all(present.map((instance) => this.#take(instance, amount)));
    this.#forgetOthers(state.instances);
    const resident = taken.flatMap((each) => each.residentBytes ?? []);
    const [restarts, unanswered] = [state.restarts - this.#restarts, state.unanswered - this.#unanswered];
    [this.#restarts, this.#unanswered] = [state.restarts, state.unanswered];
    return {
      at: at.toISOString(),
      seconds,
      watchedSeconds: seconds,
      readySeconds: state.isReady ? seconds : 0,
      gapSeconds: 0,
      // Without a process there is nobody to ask, and whatever was asked of it was counted as unanswered.
      countedSeconds: taken.every(({ isCounted }) => isCounted) ? seconds : 0,
      requests: amount.requests + unanswered,
      failed: amount.failed + unanswered,
      buckets: storedBuckets(amount.buckets),
      restarts,
      ...(resident.length === 0 ? {} : { residentBytes: resident.reduce((total, each) => total + each, 0) }),
      ...(resident.length === 0 ? {} : { cpuSeconds: Math.max(0, amount.cpuSeconds) }),
    };
  }

  async #take(
    { token, pid, port }: SampledInstance,
    into: Amount,
  ): Promise<{ readonly isCounted: boolean; readonly residentBytes: number | undefined }> {
    const [scraped, usage] = await Promise.all([
      this.#tools.scrape(port),
      pid === undefined ? undefined : this.#tools.usage(pid),
    ]);
    const before = this.#last.get(token) ?? { scraped: [], cpuSeconds: 0 };
    if (usage !== undefined) into.cpuSeconds += Math.max(0, usage.cpuSeconds - before.cpuSeconds);
    if (scraped !== undefined) {
      const { requests, errors, buckets } = trafficBetween(before.scraped, scraped);
      into.requests += Math.round(requests);
      into.failed += Math.round(errors);
      into.buckets = addBuckets([into.buckets, rounded(buckets)]);
    }
    this.#last.set(token, {
      scraped: scraped ?? before.scraped,
      cpuSeconds: usage?.cpuSeconds ?? before.cpuSeconds,
    });
    return { isCounted: scraped !== undefined, residentBytes: usage?.residentBytes };
  }

  #forgetOthers(instances: readonly SampledInstance[]): void {
    const tokens = new Set(instances.map(({ token }) => token));
    for (const token of this.#last.keys()) if (!tokens.has(token)) this.#last.delete(token);
    for (const token of this.#gone) if (!tokens.has(token)) this.#gone.delete(token);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

function nothing(): Amount {
  return { requests: 0, failed: 0, buckets: new Map(), cpuSeconds: 0 };
}

/** More than any service needs; every one of them is stored with every sample. */
const mostBuckets = 100;

/** Counters may be written as fractions; requests are whole. */
function rounded(buckets: Buckets): Buckets {
  if (buckets.size > mostBuckets) return new Map();
  return new Map([...buckets].map(([bound, count]) => [bound, Math.round(count)]));
}
