import fc from 'fast-check';
import { ServiceSampler, type SampledInstance } from '../../../../engine/deployment/local/service-sampler.ts';
import { parsePrometheusText } from '../../../../engine/metrics/prometheus-text.ts';

const at = new Date('2026-11-20T10:00:00.000Z');

/** Processes that count the requests they get from their beginning, and answer after a while. */
class Processes {
  readonly answered = new Map<string, number>();
  readonly sampler = new ServiceSampler({
    scrape: async (port) => {
      const count = this.answered.get(String(port)) ?? 0;
      await new Promise((resolve) => setImmediate(resolve));
      return parsePrometheusText(`http_requests_total{status="200"} ${String(count)}\n`);
    },
    usage: async (pid) => ({ residentBytes: 1000, cpuSeconds: this.answered.get(String(pid)) ?? 0 }),
  });

  ask(port: number, times: number): void {
    this.answered.set(String(port), (this.answered.get(String(port)) ?? 0) + times);
  }
}

const instance = (port: number): SampledInstance => ({ token: `token-${String(port)}`, pid: port, port });
const state = (ports: readonly number[], more = {}) => ({
  instances: ports.map(instance),
  isReady: true,
  restarts: 0,
  unanswered: 0,
  ...more,
});

describe('sampling a service', () => {
  it('counts every request once, whoever answered it and whenever it was looked', async () => {
    const moves = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('ask' as const), times: fc.integer({ min: 0, max: 20 }) }),
        fc.record({ kind: fc.constant('look' as const) }),
        // The old one answers a few more after the new one has taken over, and looks go on meanwhile.
        fc.record({ kind: fc.constant('replace' as const), late: fc.integer({ min: 0, max: 5 }) }),
      ),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(moves, async (all) => {
        const processes = new Processes();
        let port = 1;
        let asked = 0;
        const looks: Promise<{ requests: number; cpuSeconds?: number | undefined }>[] = [];
        const leaving: Promise<void>[] = [];
        const ask = (times: number, of = port): void => {
          processes.ask(of, times);
          asked += times;
        };
        for (const move of all) {
          switch (move.kind) {
            case 'ask':
              ask(move.times);
              break;
            case 'look':
              looks.push(processes.sampler.sample(state([port]), at, 2));
              break;
            case 'replace': {
              const old = port;
              port += 1;
              ask(move.late, old);
              looks.push(processes.sampler.sample(state([port, old]), at, 2));
              leaving.push(processes.sampler.takeLeave(instance(old)));
              // What this look lists was true when it began.
              looks.push(processes.sampler.sample(state([port, old]), at, 2));
              break;
            }
          }
        }
        await Promise.all(leaving);
        looks.push(processes.sampler.sample(state([port]), at, 2));
        const samples = await Promise.all(looks);
        expect(samples.reduce((sum, { requests }) => sum + requests, 0)).toBe(asked);
        expect(samples.reduce((sum, { cpuSeconds = 0 }) => sum + cpuSeconds, 0)).toBe(asked);
      }),
      { numRuns: 60 },
    );
  });

  it('counts as failed what the platform could not pass on, and restarts since the last look', async () => {
    const { sampler } = new Processes();
    const first = await sampler.sample(state([], { isReady: false, unanswered: 3, restarts: 1 }), at, 2);
    expect(first).toMatchObject({ requests: 3, failed: 3, restarts: 1, readySeconds: 0, watchedSeconds: 2 });
    const second = await sampler.sample(state([], { unanswered: 4, restarts: 1 }), at, 2);
    expect(second).toMatchObject({ requests: 1, failed: 1, restarts: 0 });
  });

  it('keeps no more series than a service needs', async () => {
    const lines = Array.from(
      { length: 500 },
      (_, bound) => `http_request_duration_seconds_bucket{le="${String(bound)}"} 1\n`,
    );
    const sampler = new ServiceSampler({
      scrape: async () => parsePrometheusText(lines.join('')),
      usage: async () => undefined,
    });
    expect(await sampler.sample(state([1]), at, 2)).toMatchObject({ buckets: [], countedSeconds: 2 });
  });
});
