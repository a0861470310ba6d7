import { readableRules } from '../service/readable-rules.ts';
import type { RulesSource } from '../service/service-context.ts';
import type { WaitingFor, WaitingStore } from '../store/waiting-store.ts';
import type { Clock } from '../workflow/clock.ts';
import type { EventLog, LoggedEvent } from './event-log.ts';

const waits: readonly WaitingFor[] = ['slot', 'approval'];

/** Says how many promotions wait on each path of the rules, also where none does: a chart without zeros keeps its last value. */
export class QueueReport {
  readonly #store: { readonly waiting: WaitingStore };
  readonly #rules: RulesSource;
  readonly #log: EventLog;
  readonly #clock: Clock;

  constructor(store: { readonly waiting: WaitingStore }, rules: RulesSource, log: EventLog, clock: Clock) {
    this.#store = store;
    this.#rules = rules;
    this.#log = log;
    this.#clock = clock;
  }

  async write(): Promise<void> {
    const at = this.#clock.now();
    const counts = await this.#store.waiting.counts();
    const paths = new Map<string, { readonly from: string; readonly environment: string }>();
    for (const { from, environment } of [...(await this.#paths()), ...counts]) {
      paths.set(`${from} → ${environment}`, { from, environment });
    }
    const events = [...paths].flatMap(([words, path]) =>
      waits.map((waitingFor): LoggedEvent => {
        const count = counts.find(
          (each) => each.from === path.from && each.environment === path.environment && each.waitingFor === waitingFor,
        );
        const promotions = count?.promotions ?? 0;
        const longestSeconds = count === undefined ? 0 : (at.getTime() - count.since.getTime()) / 1000;
        return {
          event: 'queue-length',
          id: `queue-${path.from}-${path.environment}-${waitingFor}-${String(at.getTime())}`,
          at,
          message: `${words}: ${String(promotions)} wait for ${waitingFor === 'slot' ? 'their turn' : 'an approval'}`,
          fields: { ...path, waitingFor, promotions, longestSeconds },
        };
      }),
    );
    await this.#log.write(events);
  }

  /** Rules that cannot be read hide no queue. */
  async #paths(): Promise<readonly { readonly from: string; readonly environment: string }[]> {
    const rules = await readableRules({ rules: this.#rules });
    return rules?.paths.map(({ from, to }) => ({ from, environment: to })) ?? [];
  }
}
