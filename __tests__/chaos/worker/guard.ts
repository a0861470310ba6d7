import { appendFileSync } from 'node:fs';
import type { Orders, Traced } from './orders.ts';

/** Cuts this very process off at the point that its orders name, and writes down every point on the way there. */
export class Guard {
  readonly #orders: Pick<Orders, 'halt' | 'traceFile'>;
  #hasHalted = false;

  constructor(orders: Pick<Orders, 'halt' | 'traceFile'>) {
    this.#orders = orders;
  }

  /** Whether this process was put to sleep and has woken up. */
  get hasHalted(): boolean {
    return this.#hasHalted;
  }

  async around<T>(place: string, work: () => Promise<T>): Promise<T> {
    this.#pass(place, 'before');
    const began = performance.now();
    const alarm = this.#setAlarm(place);
    let result: T;
    try {
      result = await work();
    } finally {
      clearTimeout(alarm);
    }
    if (alarm !== undefined) this.#halt(place);
    this.#pass(place, 'after', performance.now() - began);
    return result;
  }

  #pass(place: string, moment: 'before' | 'after', tookMs?: number): void {
    this.#trace({ place, moment, ...(tookMs === undefined ? {} : { tookMs }) });
    const point = this.#orders.halt?.point;
    if (point?.place === place && point.moment === moment) this.#halt(place);
  }

  #setAlarm(place: string): NodeJS.Timeout | undefined {
    const { halt } = this.#orders;
    if (this.#hasHalted || halt?.point.place !== place || halt.point.moment !== 'during') return undefined;
    return setTimeout(() => {
      this.#halt(place);
    }, halt.delayMs);
  }

  #halt(place: string): void {
    if (this.#hasHalted || this.#orders.halt === undefined) return;
    this.#hasHalted = true;
    this.#trace({ place, moment: 'halted' });
    process.kill(process.pid, this.#orders.halt.signal);
  }

  /** Written at once: the next thing that happens may be the end of this process. */
  #trace(traced: Traced): void {
    appendFileSync(this.#orders.traceFile, `${JSON.stringify(traced)}\n`);
  }
}
