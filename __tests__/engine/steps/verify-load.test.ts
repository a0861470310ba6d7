import { jest } from '@jest/globals';
import { NotMeasuredError } from '../../../engine/deployment/not-measured-error.ts';
import { VerificationFailedError } from '../../../engine/deployment/deployment-failed-error.ts';
import type { Evidence, EvidenceFact } from '../../../engine/evidence/evidence.ts';
import type { GateRequirement } from '../../../engine/workflow/definition.ts';
import type { Override } from '../../../engine/workflow/override.ts';
import type { StepResult } from '../../../engine/workflow/step-definition.ts';
import { moment } from '../workflow/sample-promotion.ts';
import { StepWorkbench } from './step-workbench.ts';

jest.setTimeout(60_000);

type Load = Extract<EvidenceFact, { kind: 'load' }>;
const deployedAt = moment;

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
  const { promotion } = bench;
  const steps = promotion.steps.map((step) => (step.name === 'deploy' ? { ...step, finishedAt: deployedAt } : step));
  bench.promotion = { ...promotion, steps };
  bench.clock.advance(60);
  demand();
});
afterEach(async () => {
  await bench.close();
});

function demand(more: Partial<GateRequirement> = {}): void {
  const config = { minimumRequestsPerSecond: 100, maximumErrorRatePercent: 1, maximumP95Ms: 300, waitSeconds: 600 };
  const requirement = { gate: 'load', config, onMissing: 'fail', maxAgeSeconds: 86_400, phases: ['after'], ...more };
  const { promotion } = bench;
  const gates = [requirement as GateRequirement];
  bench.promotion = { ...promotion, definition: { ...promotion.definition, gates } };
}
function overridden(kind: Override['kind']): void {
  const overrides = [{ kind, by: 'olga', reason: 'customers cannot pay', at: moment.toISOString() }];
  bench.promotion = { ...bench.promotion, overrides };
}
function measured(more: Partial<Load> = {}, collectedAt = bench.clock.now()): void {
  const fact: Load = {
    kind: 'load',
    tool: 'k6',
    requestsPerSecond: 200,
    errorRatePercent: 0.2,
    p95Ms: 250,
    phase: 'after',
    ...more,
  };
  const id = `ev-${String(bench.evidence.length)}`;
  const evidence: Evidence = { id, releaseDigest: bench.v2.digest, collectedAt, source: 'ci', fact };
  bench.evidence = [evidence, ...bench.evidence].toSorted((a, b) => b.collectedAt.getTime() - a.collectedAt.getTime());
}
/** One look, which finds again what the one before noted. */
async function look(): Promise<StepResult> {
  const result = await bench.attempt('verify');
  const checkpoint = result.kind === 'park' ? result.checkpoint : undefined;
  const steps = bench.promotion.steps.map((step) => (step.name === 'verify' ? { ...step, checkpoint } : step));
  bench.promotion = { ...bench.promotion, steps };
  return result;
}
async function failure(): Promise<VerificationFailedError> {
  const error: unknown = await look().catch((caught: unknown) => caught);
  if (error instanceof VerificationFailedError) return error;
  throw new Error(`verification did not fail: ${JSON.stringify(error)}`);
}

describe('the load test after the deployment', () => {
  it('lets the release pass when it was made since then and is within the limits, and is kept as a check', async () => {
    measured();
    const result = await look();
    expect(result).toMatchObject({
      kind: 'done',
      output: { gates: [{ gate: 'load', verdict: 'pass', evidence: ['ev-0'] }] },
    });
    expect(result).toHaveProperty('summary', expect.stringContaining('load 200 requests/s, 0.2 % failed'));
  });

  it('is waited for without anybody sleeping, and passes as soon as it is there', async () => {
    const waiting = await look();
    expect(waiting).toMatchObject({
      kind: 'park',
      reason: 'bake',
      detail:
        'staging is watched until its load test is there, or 2026-11-20 10:11:00 UTC: no usable load test after the deployment: there is none',
    });
    bench.clock.advance(30);
    measured();
    expect((await look()).kind).toBe('done');
  });

  it('fails the release when it is still missing after the wait of the rules, not a moment before', async () => {
    await look();
    bench.clock.advance(599.999);
    expect((await look()).kind).toBe('park');
    bench.clock.advance(0.001);
    const { message, triggers } = await failure();
    expect(message).toBe('no usable load test after the deployment: there is none, after 10 min');
    expect(triggers).toEqual(['load-test-failure']);
    expect(await failure()).toBeInstanceOf(NotMeasuredError);
  });

  it('only warns when it is missing, after the same wait, where the rules say so', async () => {
    demand({ onMissing: 'warn' });
    expect((await look()).kind).toBe('park');
    bench.clock.advance(600);
    expect(await look()).toMatchObject({ kind: 'done', output: { gates: [{ gate: 'load', verdict: 'warn' }] } });
  });

  it.each<[string, Partial<Load>, string]>([
    ['too few requests', { requestsPerSecond: 99 }, '99 requests/s, at least 100 are asked'],
    ['too many failures', { errorRatePercent: 1.1 }, '1.1 % failed, allowed are 1 %'],
    ['too slow answers', { p95Ms: 301 }, 'p95 301 ms, allowed are 300 ms'],
    ['a number that is none', { requestsPerSecond: Number.NaN }, 'NaN requests/s, at least 100 are asked'],
  ])('fails the release at once with %s', async (_, more, reason) => {
    measured(more);
    const error = await failure();
    expect(error).not.toBeInstanceOf(NotMeasuredError);
    const { message, triggers } = error;
    expect(message).toBe(`load test of k6: ${reason}`);
    expect(triggers).toEqual(['load-test-failure']);
  });

  it('counts as missing when it does not say what is asked', async () => {
    measured({ p95Ms: undefined as never });
    expect(await look()).toHaveProperty('detail', expect.stringContaining('does not say its p95'));
    bench.clock.advance(600);
    expect((await failure()).message).toContain('does not say its p95');
  });

  it('counts as missing when it is of an earlier deployment or from before this one, however young', async () => {
    measured({}, new Date(deployedAt.getTime() - 1));
    measured({ phase: 'before' });
    expect(await look()).toHaveProperty('detail', expect.stringContaining('there is one from before it'));
    bench.clock.advance(600);
    expect((await failure()).message).toContain('there is one from before it');
  });

  it('counts as missing when it is dated in the future', async () => {
    measured({}, new Date(bench.clock.now().getTime() + 3_600_000));
    expect(await look()).toHaveProperty('detail', expect.stringContaining('dated in the future'));
  });

  it('of a canary counts only since all traffic came to the release', async () => {
    measured({}, new Date(deployedAt.getTime() + 10_000));
    const shifted = { ...bench.promotion.steps[0], name: 'shift-canary', finishedAt: bench.clock.now() };
    bench.promotion = { ...bench.promotion, steps: [...bench.promotion.steps, shifted as never] };
    expect((await look()).kind).toBe('park');
    measured();
    expect((await look()).kind).toBe('done');
  });

  it('fails the release when a newer one is bad while it is still watched', async () => {
    const { promotion } = bench;
    bench.promotion = { ...promotion, definition: { ...promotion.definition, bakeSeconds: 600 } };
    measured();
    expect((await look()).kind).toBe('park');
    bench.clock.advance(10);
    measured({ errorRatePercent: 7 });
    expect((await failure()).message).toContain('7 % failed');
  });

  it('stays good however long the release is watched', async () => {
    const { promotion } = bench;
    bench.promotion = { ...promotion, definition: { ...promotion.definition, bakeSeconds: 3 * 86_400 } };
    measured();
    await look();
    bench.clock.advance(3 * 86_400);
    expect((await look()).kind).toBe('done');
  });

  it('is not judged when somebody skipped validation, and stays failed when somebody overruled it', async () => {
    overridden('skip-validation');
    expect(await look()).toMatchObject({ kind: 'done', output: { gates: [{ verdict: 'skipped' }] } });
    overridden('force');
    measured({ errorRatePercent: 7 });
    expect(await look()).toMatchObject({
      kind: 'done',
      output: { isOverruled: true, gates: [{ verdict: 'fail', forcedBy: 'olga' }] },
    });
  });

  it('ticks the item behind the promotion that names it', async () => {
    const item = { item: 'Load tested', phase: 'after', gate: 'load', by: undefined, people: [] } as const;
    const { promotion } = bench;
    bench.promotion = { ...promotion, definition: { ...promotion.definition, checklist: [item] } };
    measured();
    expect(await look()).toMatchObject({
      kind: 'done',
      records: { ticks: [{ item: 'Load tested', phase: 'after', tickedBy: 'gate:load' }] },
    });
  });
});

it('is not looked for when only the one before the deployment is demanded', async () => {
  demand({ phases: ['before'] });
  expect(await look()).not.toHaveProperty('output.gates');
  expect(bench.logs.join('\n')).not.toContain('load');
});
