import fc from 'fast-check';
import { MemoryMetrics } from '../../support/memory-metrics.ts';
import { judged, secondsAgo, verdict } from './gate-fixture.ts';
import { watched, withObjectives } from './watched-environments.ts';

const config = {
  minimumAvailabilityPercent: 99.9,
  maximumErrorRatePercent: 0.1,
  windowSeconds: 86_400,
  environment: 'source',
};
const definition = withObjectives();
const of = (more: object) => ({ definition, ports: watched({ dev: more }) });

describe('service levels', () => {
  it.each([
    ['exactly at each bound', { readySeconds: 86_313.6, requests: 1000, failed: 1 }, 'pass'],
    ['a little less available', { readySeconds: 86_313.5 }, 'fail'],
    ['a little more failures', { requests: 10_000, failed: 11 }, 'fail'],
    ['nothing wrong', {}, 'pass'],
  ] as const)('%s: %s', async (_, more, expected) => {
    expect(await verdict('slo', config, of(more))).toBe(expected);
  });

  it('are judged unrounded at every bound', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), async (failed, allowed) => {
        // Of 1000 requests each is a tenth of a per cent.
        const bound = { ...config, maximumErrorRatePercent: Number(`${String(allowed)}e-1`) };
        expect(await verdict('slo', bound, of({ failed }))).toBe(failed <= allowed ? 'pass' : 'fail');
      }),
    ));

  it('are those of the window, up to now', async () => {
    const ports = watched({ dev: {} });
    await verdict('slo', { ...config, windowSeconds: 600 }, { definition, ports });
    expect(ports.asked).toEqual([{ environment: 'dev', span: { from: secondsAgo(600), to: secondsAgo(0) } }]);
  });

  it('can be asked of the target, and of response times', async () => {
    const target = { ...config, environment: 'target', maximumP95Ms: 80 };
    const ports = watched({ staging: {} });
    expect(await verdict('slo', target, { definition, ports })).toBe('pass');
    expect(await judged('slo', { ...target, maximumP95Ms: 79.9 }, { definition, ports })).toMatchObject({
      verdict: 'fail',
      detail: 'staging p95 80 ms > 79.9 ms',
    });
  });

  it('are what the environment promises, where the gate says nothing else', async () => {
    const { minimumAvailabilityPercent: _, maximumErrorRatePercent: __, ...without } = config;
    const promised = withObjectives({ errorRatePercent: 1, windowSeconds: 60 });
    const given = (failed: number) => ({ definition: promised, ports: watched({ dev: { failed } }) });
    expect(await verdict('slo', without, given(10))).toBe('pass');
    expect(await verdict('slo', without, given(11))).toBe('fail');
    expect(await verdict('slo', { ...without, maximumErrorRatePercent: 2 }, given(20))).toBe('pass');
    expect(await judged('slo', without, of({}))).toMatchObject({
      verdict: 'fail',
      detail: 'nothing is promised of dev: neither the gate nor its slo says what',
    });
  });

  it.each([
    ['nobody watched', {}],
    ['too few requests', { dev: { requests: 19 } }],
    ['hardly watched', { dev: { watchedSeconds: 40_000 } }],
    ['no counts', { dev: { countedSeconds: 0 } }],
    ['seen too long ago', { dev: { lastSeenAt: secondsAgo(301) } }],
    ['seen in the future', { dev: { lastSeenAt: secondsAgo(-3600) } }],
  ])('that are not known are no pass: %s', async (_, environments) => {
    const given = { definition, ports: watched(environments), maxAgeSeconds: 300 };
    expect(await verdict('slo', config, given)).toBe('fail');
    expect(await verdict('slo', config, { ...given, onMissing: 'warn' })).toBe('warn');
  });

  it('that are known to be broken are a fail, though others are not known', async () => {
    const given = { ...of({ requests: 5, failed: 0, readySeconds: 100 }), onMissing: 'warn' } as const;
    expect(await judged('slo', config, given)).toMatchObject({
      verdict: 'fail',
      detail: expect.stringMatching(/^dev availability 0.115741 % < 99.9 %$/) as string,
    });
  });

  it('of services that the environment has no more do not count', async () => {
    const metrics = new MemoryMetrics();
    const good = watched({ dev: {} }).metrics;
    const observe = async (name: string, span: { from: Date; to: Date }) => {
      const seen = await good.observe(name, span, new AbortController().signal);
      const gone = seen.services.map((each) => ({ ...each, service: 'gone', failed: 900, lastSeenAt: new Date(0) }));
      return { ...seen, services: [...seen.services, ...gone] };
    };
    const ports = { metrics: Object.assign(metrics, { observe }) };
    expect(await verdict('slo', config, { definition, ports, maxAgeSeconds: 300 })).toBe('pass');
  });

  it('that cannot be read are no pass', async () => {
    const metrics = new MemoryMetrics();
    const ports = { metrics: Object.assign(metrics, { observe: () => Promise.reject(new Error('disk full')) }) };
    expect(await judged('slo', config, { definition, ports })).toMatchObject({
      verdict: 'fail',
      detail: 'could not be judged: disk full',
    });
  });
});
