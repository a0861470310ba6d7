import { checkHealth } from '../../../engine/health/check-health.ts';
import type { HealthCheck } from '../../../engine/health/health-check.ts';
import type { LoggedEvent } from '../../../engine/log-events/event-log.ts';
import { VirtualClock } from '../../../engine/workflow/clock.ts';

const clock = new VirtualClock(new Date('2026-11-20T10:00:00.000Z'));
const well: HealthCheck = { name: 'rules', look: async () => '3 paths' };
const sick: HealthCheck = {
  name: 'notifications',
  look: () => Promise.reject(new Error('news takes nothing: refused\nsecond line')),
};

async function look(checks: readonly HealthCheck[], signal = new AbortController().signal) {
  const events: LoggedEvent[] = [];
  const log = {
    write: async (more: readonly LoggedEvent[]) => {
      events.push(...more);
    },
  };
  return { answers: await checkHealth(checks, log, clock, signal), events };
}

describe('a health check', () => {
  it('looks at everything, and writes a line for what is not well alone', async () => {
    const { answers, events } = await look([sick, well]);
    expect(answers).toEqual([
      { check: 'notifications', isWell: false, error: 'news takes nothing: refused' },
      { check: 'rules', isWell: true, seen: '3 paths' },
    ]);
    expect(events).toMatchObject([
      {
        event: 'health-check-failing',
        message: 'notifications: news takes nothing: refused',
        fields: { check: 'notifications', error: 'news takes nothing: refused' },
      },
    ]);
  });

  it('writes nothing when everything is well', async () => {
    expect((await look([well])).events).toEqual([]);
  });

  it('blames nothing when whoever asked has gone, also where a check does not heed that', async () => {
    const ending = new AbortController();
    const deaf: HealthCheck = { name: 'deaf', look: () => new Promise<string>(() => undefined) };
    const looking = look([deaf, well], ending.signal);
    ending.abort(new Error('the caller has gone'));
    await expect(looking).rejects.toThrow('the caller has gone');
  });
});
