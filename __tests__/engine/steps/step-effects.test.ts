import { jest } from '@jest/globals';
import { Died, dyingPorts, type Death } from './dying-ports.ts';
import { StepWorkbench } from './step-workbench.ts';

// Real git and real files, once per place at which a process can die.
jest.setTimeout(120_000);

const compensable = ['promote-configuration', 'migrate-database', 'promote-artifacts', 'promote-flags', 'deploy'];
const steps = ['back-up', ...compensable];

let bench: StepWorkbench;
afterEach(async () => {
  await bench.close();
});

/** Where a process can die while it does one thing: before and behind each of its calls to the outside. */
async function deathsOf(step: string, mode: 'run' | 'compensate'): Promise<readonly Death[]> {
  const watched = await StepWorkbench.open();
  await watched.before(step);
  if (mode === 'compensate') await watched.finish(step);
  const { ports, calls } = dyingPorts(watched.ports, undefined);
  await watched.attempt(step, mode, ports);
  await watched.close();
  return Array.from({ length: calls() }, (_, call) => call).flatMap((call) => [
    { call, moment: 'before' as const },
    { call, moment: 'after' as const },
  ]);
}

describe.each(steps)('the step %s', (step) => {
  it('does the same once when it runs twice, and says the same', async () => {
    bench = await StepWorkbench.open();
    await bench.before(step);
    const first = await bench.attempt(step);
    const [outside, effects] = [await bench.outside(), [...bench.deployment.effects, ...bench.database.effects]];
    bench.takeOver();
    const second = await bench.attempt(step);
    expect(await bench.outside()).toEqual(outside);
    expect([...bench.deployment.effects, ...bench.database.effects]).toEqual(effects);
    expect([first.kind, second.kind]).toEqual(['done', 'done']);
  });

  it('ends as if nothing had happened when its process dies anywhere and another takes it up', async () => {
    bench = await StepWorkbench.open();
    await bench.before(step);
    await bench.attempt(step);
    const undisturbed = await bench.outside();
    for (const death of await deathsOf(step, 'run')) {
      const disturbed = await StepWorkbench.open();
      await disturbed.before(step);
      await expect(disturbed.attempt(step, 'run', dyingPorts(disturbed.ports, death).ports)).rejects.toThrow(Died);
      disturbed.takeOver();
      expect((await disturbed.attempt(step)).kind).toBe('done');
      expect({ death, outside: await disturbed.outside() }).toEqual({ death, outside: undisturbed });
      await disturbed.close();
    }
  });
});

describe.each(compensable)('undoing %s', (step) => {
  it('restores what was there before', async () => {
    bench = await StepWorkbench.open();
    await bench.before(step);
    const before = await bench.outside();
    await bench.finish(step);
    expect((await bench.attempt(step, 'compensate')).kind).toBe('done');
    expect(await bench.outside()).toEqual(before);
    bench.takeOver();
    expect((await bench.attempt(step, 'compensate')).kind).toBe('done');
    expect(await bench.outside()).toEqual(before);
  });

  it('restores it from wherever running was cut off', async () => {
    for (const death of await deathsOf(step, 'run')) {
      bench = await StepWorkbench.open();
      await bench.before(step);
      const before = await bench.outside();
      await expect(bench.attempt(step, 'run', dyingPorts(bench.ports, death).ports)).rejects.toThrow(Died);
      bench.takeOver();
      expect((await bench.attempt(step, 'compensate')).kind).toBe('done');
      expect({ death, outside: await bench.outside() }).toEqual({ death, outside: before });
      await bench.close();
    }
  });

  it('restores it from wherever undoing itself was cut off', async () => {
    for (const death of await deathsOf(step, 'compensate')) {
      bench = await StepWorkbench.open();
      await bench.before(step);
      const before = await bench.outside();
      await bench.finish(step);
      await expect(bench.attempt(step, 'compensate', dyingPorts(bench.ports, death).ports)).rejects.toThrow(Died);
      bench.takeOver();
      expect((await bench.attempt(step, 'compensate')).kind).toBe('done');
      expect({ death, outside: await bench.outside() }).toEqual({ death, outside: before });
      await bench.close();
    }
  });

  it('changes nothing when it never ran, but shuts out whoever was cut off before it began', async () => {
    bench = await StepWorkbench.open();
    await bench.before(step);
    const before = await bench.outside();
    const [effects, stopped] = [[...bench.deployment.effects, ...bench.database.effects], bench.fence];
    bench.takeOver();
    expect((await bench.attempt(step, 'compensate')).kind).toBe('done');
    expect(await bench.outside()).toEqual(before);
    expect([...bench.deployment.effects, ...bench.database.effects]).toEqual(effects);
    await expect(bench.attempt(step, 'run', bench.ports, stopped)).rejects.toThrow('refused fence');
    expect(await bench.outside()).toEqual(before);
  });
});
