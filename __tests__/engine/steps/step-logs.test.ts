import { jest } from '@jest/globals';
import type { DeploymentEvent } from '../../../engine/deployment/deployment-target.ts';
import { StepWorkbench } from './step-workbench.ts';

jest.setTimeout(120_000);

let bench: StepWorkbench;
beforeEach(async () => {
  bench = await StepWorkbench.open();
});
afterEach(async () => {
  await bench.close();
});

/** What a step wrote. */
async function logOf(name: string, mode?: 'compensate'): Promise<readonly string[]> {
  bench.logs.length = 0;
  await (mode === undefined ? bench.finish(name) : bench.attempt(name, mode));
  return [...bench.logs];
}

describe('what steps write while they run', () => {
  it('are the migrations by name, with what they do', async () => {
    await bench.before('migrate-database');
    expect(await logOf('migrate-database')).toEqual([
      'migration 001 add column (expand): alter table t add c int',
      'applied migration 1',
    ]);
    // What is there already is not told again.
    expect(await logOf('migrate-database')).toEqual([]);
  });

  it('are the flags that change, forward and back', async () => {
    await bench.before('promote-flags');
    expect(await logOf('promote-flags')).toEqual([
      'flag new-flag: not there → on, by default on, comes with v2',
      'flag old-flag: on for 30 %, by default off, as it was → on for 30 %, by default off, said better',
    ]);
    expect(await logOf('promote-flags', 'compensate')).toContain(
      'flag new-flag: on, by default on, comes with v2 → removed',
    );
  });

  it('are the start, the shift and the drain of each service, each once, however often the step looks', async () => {
    await bench.before('deploy');
    const done: DeploymentEvent[] = [{ event: 'accepted' }, { event: 'starting', service: 'api' }];
    Object.assign(bench.deployment, { events: async () => done });
    bench.deployment.phase = 'progressing';
    const parked = await bench.attempt('deploy');
    if (parked.kind !== 'park') throw new Error('it did not park');
    bench.promotion = {
      ...bench.promotion,
      steps: bench.promotion.steps.map((step) =>
        step.name === 'deploy' ? { ...step, checkpoint: parked.checkpoint } : step,
      ),
    };
    done.push(
      { event: 'ready', service: 'api' },
      { event: 'shifted', service: 'api' },
      { event: 'drained', service: 'api' },
      { event: 'available' },
    );
    bench.deployment.phase = 'available';
    await bench.finish('deploy');
    expect(bench.logs.slice(-4)).toEqual([
      'api: an instance of v2 starts',
      'api: it is ready',
      'api: new requests go to the new instance',
      'api: the instance before has answered its last request',
    ]);
  });

  it('are the looks of the verification', async () => {
    await bench.before('verify');
    bench.logs.length = 0;
    await bench.attempt('verify');
    expect(bench.logs[0]).toBe('look 1: 1 service healthy, slowest 12 ms');
  });
});
