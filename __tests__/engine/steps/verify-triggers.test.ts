import { jest } from '@jest/globals';
import { DatabaseFunctionError } from '../../../engine/database/database-function-error.ts';
import { VerificationFailedError } from '../../../engine/deployment/deployment-failed-error.ts';
import type { ProbeResult } from '../../../engine/metrics/health-probe.ts';
import { alert, observed } from '../../support/memory-metrics.ts';
import { moment } from '../workflow/sample-promotion.ts';
import { StepWorkbench } from './step-workbench.ts';

jest.setTimeout(60_000);

let prepared: StepWorkbench;
let bench: StepWorkbench;
beforeAll(async () => {
  prepared = await StepWorkbench.open();
  await prepared.before('verify');
});
afterAll(async () => {
  await prepared.close();
});
beforeEach(async () => {
  bench = await prepared.fork();
  change({ bakeSeconds: 600 });
});
afterEach(async () => {
  await bench.close();
});

function change(more: Partial<StepWorkbench['promotion']['definition']>): void {
  bench.promotion = { ...bench.promotion, definition: { ...bench.promotion.definition, ...more } };
}
function promise(): void {
  const { target } = bench.promotion.definition;
  change({ target: { ...target, objectives: { errorRatePercent: 1, windowSeconds: 86_400 } } });
}
/** One look, which finds again what the one before noted. @returns what failed, for the rules; undefined while it goes on. */
async function look(): Promise<readonly string[] | undefined> {
  try {
    const result = await bench.attempt('verify');
    const checkpoint = result.kind === 'park' ? result.checkpoint : undefined;
    bench.promotion = {
      ...bench.promotion,
      steps: bench.promotion.steps.map((step) => (step.name === 'verify' ? { ...step, checkpoint } : step)),
    };
    return undefined;
  } catch (error) {
    if (error instanceof VerificationFailedError) return error.triggers;
    throw error;
  }
}
function answer(result: Partial<ProbeResult>): void {
  const probe = async (url: string): Promise<ProbeResult> => ({
    url,
    status: 200,
    isHealthy: true,
    responseTimeMs: 5,
    message: undefined,
    ...result,
  });
  bench.ports = { ...bench.ports, probe: { probe } };
}

describe('what verification finds', () => {
  it('is a failed health check when a service that was well is not any more', async () => {
    await look();
    answer({ status: 503, isHealthy: false });
    expect(await look()).toBeUndefined();
    expect(await look()).toEqual(['health-check-failure']);
  });

  it('is a failed health check when none passed in time', async () => {
    answer({ status: 503, isHealthy: false });
    await look();
    bench.clock.advance(300);
    expect(await look()).toBeUndefined();
    bench.clock.advance(0.001);
    expect(await look()).toEqual(['health-check-failure']);
  });

  it('is an unresponsive critical service when it says nothing at all', async () => {
    await look();
    answer({ status: undefined, isHealthy: false, message: 'did not answer within 5 s' });
    await look();
    expect(await look()).toEqual(['health-check-failure', 'critical-service-unresponsive']);
  });

  it('is a failed smoke test', async () => {
    const probe = async (url: string): Promise<ProbeResult> => ({
      url,
      status: url.endsWith('/smoke') ? 500 : 200,
      isHealthy: !url.endsWith('/smoke'),
      responseTimeMs: 5,
      message: undefined,
    });
    bench.ports = { ...bench.ports, probe: { probe } };
    expect(await look()).toEqual(['smoke-test-failure']);
  });

  it('is an unreachable database at the second look in a row, not at the first', async () => {
    await look();
    const lost = new DatabaseFunctionError('the database does not answer', { code: 'connection-failed', status: 503 });
    const plan = bench.database.plan.bind(bench.database);
    Object.assign(bench.database, { plan: () => Promise.reject(lost) });
    expect(await look()).toBeUndefined();
    Object.assign(bench.database, { plan });
    expect(await look()).toBeUndefined();
    Object.assign(bench.database, { plan: () => Promise.reject(lost) });
    expect(await look()).toBeUndefined();
    expect(await look()).toEqual(['database-unreachable']);
  });

  it('is no unreachable database when it is the function that does not answer: that is tried again', async () => {
    await look();
    Object.assign(bench.database, { plan: () => Promise.reject(new TypeError('fetch failed')) });
    await expect(look()).rejects.toThrow('fetch failed');
  });

  it('is a broken service level, by the requests since the deployment', async () => {
    await look();
    bench.deployment.traffic = { requests: 100, failed: 2 };
    expect(await look()).toEqual(['slo-violation']);
    bench.deployment.traffic = { requests: 0, failed: 0 };
    promise();
    bench.metrics.observations = {
      staging: (span) => ({
        services: [observed('api', span, span.from.getTime() === moment.getTime() ? { failed: 11 } : {})],
      }),
    };
    bench.clock.advance(1);
    expect(await look()).toEqual(['slo-violation']);
  });

  it('is an error budget that ran out, or a critical alert', async () => {
    await look();
    promise();
    bench.clock.advance(30);
    const now = bench.clock.now().getTime();
    bench.metrics.observations = {
      staging: (span) => ({
        services: [observed('api', span, span.to.getTime() === now && span.from < moment ? { failed: 10 } : {})],
      }),
    };
    bench.metrics.alerts = { staging: { evaluatedAt: bench.clock.now(), alerts: [alert('a', { since: moment })] } };
    expect(await look()).toEqual(['error-budget-breach', 'critical-alert']);
  });

  it('is nothing when the metrics cannot be read, which is logged', async () => {
    Object.assign(bench.metrics, { openAlerts: () => Promise.reject(new Error('disk full')) });
    expect(await look()).toBeUndefined();
    expect(bench.logs).toContain('the metrics of staging cannot be read: disk full');
  });
});

it('stays watched until it was stable for long enough, and then for the bake', async () => {
  bench.stepSettings = {
    verify: { timeoutSeconds: 300, smokeTests: false, maximumErrorRatePercent: 1, stableForSeconds: 5 },
  };
  await look();
  bench.clock.advance(604.999);
  expect((await bench.attempt('verify')).kind).toBe('park');
  bench.clock.advance(0.001);
  expect((await bench.attempt('verify')).kind).toBe('done');
});
