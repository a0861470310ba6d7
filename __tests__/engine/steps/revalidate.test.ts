import { jest } from '@jest/globals';
import type { Evidence } from '../../../engine/evidence/evidence.ts';
import type { GateRequirement } from '../../../engine/workflow/definition.ts';
import { RequirementsNotMetError } from '../../../engine/workflow/step-definition.ts';
import { moment } from '../workflow/sample-promotion.ts';
import { StepWorkbench } from './step-workbench.ts';

jest.setTimeout(60_000);

let prepared: StepWorkbench;
let bench: StepWorkbench;
beforeAll(async () => {
  prepared = await StepWorkbench.open();
});
afterAll(async () => {
  await prepared.close();
});
beforeEach(async () => {
  bench = await prepared.fork();
});
afterEach(async () => {
  await bench.close();
});

const coverage = (maxAgeSeconds: number | undefined, onMissing: 'fail' | 'warn' = 'fail'): GateRequirement => ({
  gate: 'coverage',
  config: { minimumPercent: 80 },
  onMissing,
  maxAgeSeconds,
});
const health: GateRequirement = {
  gate: 'health',
  config: { environment: 'target' },
  onMissing: 'fail',
  maxAgeSeconds: 300,
};
function demand(...gates: readonly GateRequirement[]): void {
  bench.promotion = { ...bench.promotion, definition: { ...bench.promotion.definition, gates } };
}
function report(linesPercent: number, secondsLater = 0): Evidence {
  return {
    id: `e-${String(bench.evidence.length)}`,
    releaseDigest: bench.v2.digest,
    collectedAt: new Date(moment.getTime() + secondsLater * 1000),
    source: 'ci',
    fact: { kind: 'coverage', linesPercent },
  };
}

describe('judging gates again at execution', () => {
  it('leaves what was looked at moments ago as it is', async () => {
    demand(health);
    await bench.plan();
    bench.health.isHealthy = false;
    bench.clock.advance(300);
    expect(await bench.attempt('revalidate')).toMatchObject({ kind: 'done', summary: '1 still hold' });
  });

  it('judges a live gate again once its reading is older than it may be', async () => {
    demand(health);
    await bench.plan();
    bench.clock.advance(300.001);
    expect(await bench.attempt('revalidate')).toMatchObject({ kind: 'done', summary: '1 of 1 judged again' });
    bench.health.isHealthy = false;
    const failing = bench.attempt('revalidate');
    await expect(failing).rejects.toThrow(RequirementsNotMetError);
    await expect(failing).rejects.toThrow('health: staging is not healthy: api: answered 503');
  });

  it('fails on evidence that grew too old while people decided', async () => {
    bench.evidence = [report(90)];
    demand(coverage(3600));
    await bench.plan();
    bench.clock.advance(3600);
    expect((await bench.attempt('revalidate')).kind).toBe('done');
    bench.clock.advance(1);
    await expect(bench.attempt('revalidate')).rejects.toThrow(
      'coverage: no usable coverage report: the newest is 1.1 h old, allowed are 1 h',
    );
    bench.evidence = [report(91, 3601), ...bench.evidence];
    expect((await bench.attempt('revalidate')).kind).toBe('done');
  });

  it('fails on newer evidence that says otherwise, though the older is young enough', async () => {
    bench.evidence = [report(90)];
    demand(coverage(undefined));
    await bench.plan();
    bench.evidence = [report(20, 60), ...bench.evidence];
    bench.clock.advance(60);
    await expect(bench.attempt('revalidate')).rejects.toThrow('coverage: coverage 20 % < 80 %');
  });

  it('judges again what was only a warning, because nothing was known', async () => {
    demand(coverage(3600, 'warn'));
    await bench.plan();
    expect(await bench.attempt('revalidate')).toMatchObject({ output: { gates: [{ verdict: 'warn' }] } });
    bench.evidence = [report(20)];
    await expect(bench.attempt('revalidate')).rejects.toThrow('coverage 20 % < 80 %');
  });

  it('changes nothing, however often it runs', async () => {
    bench.evidence = [report(90)];
    demand(coverage(3600), health);
    await bench.plan();
    const before = await bench.outside();
    expect(await bench.attempt('revalidate')).toEqual(await bench.attempt('revalidate'));
    expect(await bench.outside()).toEqual(before);
  });
});
