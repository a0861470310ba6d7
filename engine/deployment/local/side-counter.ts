/** What one side of a canary did with the requests it got. */
export class SideCounter {
  requests: number;
  failed: number;
  /** Of all requests together, each from its arrival to the first byte of its answer. */
  responseTimeMs: number;

  constructor(requests = 0, failed = 0, responseTimeMs = 0) {
    this.requests = requests;
    this.failed = failed;
    this.responseTimeMs = responseTimeMs;
  }

  get counted(): { readonly requests: number; readonly failed: number; readonly responseTimeMs: number } {
    const { requests, failed, responseTimeMs } = this;
    return { requests, failed, responseTimeMs };
  }

  count(responseTimeMs: number, hasFailed: boolean): void {
    this.requests += 1;
    if (hasFailed) this.failed += 1;
    this.responseTimeMs += responseTimeMs;
  }
}

/** The counters of both sides of one service. */
export interface SideCounters {
  readonly canary: SideCounter;
  readonly baseline: SideCounter;
}
