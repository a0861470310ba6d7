import fc from 'fast-check';
import type { ServiceObservation } from '../../../engine/metrics/metrics-source.ts';
import { serviceLevels, type Measure } from '../../../engine/metrics/service-levels.ts';
import { observed } from '../../support/memory-metrics.ts';

const to = new Date('2026-11-20T10:00:00.000Z');
const hour = { from: new Date(to.getTime() - 3_600_000), to };
const longAgo = new Date(0);

const levelsOf = (services: readonly ServiceObservation[], critical = ['api'], knownSince = longAgo, span = hour) =>
  serviceLevels({ knownSince, services }, span, critical);
const value = (measure: Measure): number | string => (measure.isKnown ? measure.value : measure.why);

describe('availability', () => {
  it('is the share of the watched time, and not of the whole', () => {
    const api = observed('api', hour, { watchedSeconds: 2000, readySeconds: 1998 });
    expect(value(levelsOf([api]).availabilityPercent)).toBe(99.9);
  });

  it('is that of the worst critical service; others may be away', () => {
    const services = [
      observed('api', hour),
      observed('web', hour, { readySeconds: 1800 }),
      observed('worker', hour, { readySeconds: 0 }),
    ];
    expect(value(levelsOf(services, ['api', 'web']).availabilityPercent)).toBe(50);
  });

  it('is not known of a service that nobody watched, or hardly', () => {
    expect(value(levelsOf([]).availabilityPercent)).toContain('api was watched for 0 s');
    expect(value(levelsOf([observed('api', hour)], ['api', 'web']).availabilityPercent)).toContain('web was watched');
    const hardly = observed('api', hour, { watchedSeconds: 1799.9, readySeconds: 1799.9 });
    expect(value(levelsOf([hardly]).availabilityPercent)).toContain('which is too little');
    const enough = observed('api', hour, { watchedSeconds: 1800, readySeconds: 1800 });
    expect(value(levelsOf([enough]).availabilityPercent)).toBe(100);
    expect(levelsOf([observed('api', hour)], []).availabilityPercent.isKnown).toBe(false);
  });

  it('needs no more than there could have been since anything is known, but some seconds of it', () => {
    const api = observed('api', hour, { watchedSeconds: 30, readySeconds: 30 });
    expect(value(levelsOf([api], ['api'], new Date(to.getTime() - 60_000)).availabilityPercent)).toBe(100);
    const young = observed('api', hour, { watchedSeconds: 4.9, readySeconds: 4.9 });
    expect(levelsOf([young], ['api'], new Date(to.getTime() - 6000)).availabilityPercent.isKnown).toBe(false);
  });
});

describe('the error rate', () => {
  it('is not known from fewer than 20 requests, whether they failed or not', () => {
    expect(levelsOf([observed('api', hour, { requests: 19 })]).errorRatePercent.isKnown).toBe(false);
    expect(levelsOf([observed('api', hour, { requests: 19, failed: 19 })]).errorRatePercent.isKnown).toBe(false);
    expect(value(levelsOf([observed('api', hour, { requests: 20, failed: 1 })]).errorRatePercent)).toBe(5);
    expect(levelsOf([]).errorRatePercent.isKnown).toBe(false);
  });

  it('does not hide one bad service behind a busy one', () => {
    const busy = observed('web', hour, { requests: 10_000 });
    const bad = observed('api', hour, { requests: 20, failed: 10 });
    expect(value(levelsOf([busy, bad]).errorRatePercent)).toBe(50);
    const seldom = observed('api', hour, { requests: 10, failed: 10 });
    expect(value(levelsOf([busy, seldom]).errorRatePercent)).toBeCloseTo(0.0999);
  });

  it('is not known when the requests were not counted most of the time', () => {
    const blind = observed('api', hour, { countedSeconds: 1799 });
    expect(value(levelsOf([blind]).errorRatePercent)).toContain('were not counted');
  });

  it('is exactly what is written for it in the rules, whatever a computer makes of a fraction', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 1_000_000 }), fc.integer({ min: 0, max: 1000 }), (requests, tenths) => {
        // A rate of so many tenths of a per cent, where whole requests can have it.
        fc.pre((requests * tenths) % 1000 === 0 && tenths <= 1000);
        const failed = (requests * tenths) / 1000;
        const rate = levelsOf([observed('api', hour, { requests, failed })]).errorRatePercent;
        expect(value(rate)).toBe(Number(`${String(tenths)}e-1`));
      }),
    );
  });
});

describe('the response time', () => {
  it('is that of the slowest service which is asked often enough', () => {
    const services = [
      observed('api', hour, { p95Ms: 80 }),
      observed('web', hour, { p95Ms: 300 }),
      observed('rare', hour, { p95Ms: 9000, requests: 3 }),
    ];
    expect(value(levelsOf(services).p95Ms)).toBe(300);
    expect(levelsOf([observed('api', hour, { p95Ms: undefined })]).p95Ms.isKnown).toBe(false);
    expect(levelsOf([observed('api', hour, { p95Ms: Number.NaN })]).p95Ms.isKnown).toBe(false);
    expect(levelsOf([observed('api', hour, { p95Ms: Number.POSITIVE_INFINITY })]).p95Ms.isKnown).toBe(false);
  });
});

it('is as old as the oldest of the newest looks', () => {
  const old = new Date(to.getTime() - 100_000);
  expect(levelsOf([observed('api', hour), observed('web', hour, { lastSeenAt: old })]).lastSeenAt).toEqual(old);
});
