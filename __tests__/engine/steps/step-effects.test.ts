import { jest } from '@jest/globals';
import { cutOffAnywhere } from './cut-off-anywhere.ts';
import { StepWorkbench } from './step-workbench.ts';

// Real git and real files, once per place at which a process can die.
jest.setTimeout(180_000);

const compensable = ['promote-configuration', 'migrate-database', 'promote-artifacts', 'promote-flags', 'deploy'];
const steps = ['back-up', ...compensable];

/** What a test of a step begins with: everything before it is done. Each test works on a copy. */
const prepared = new Map<string, StepWorkbench>();
const opened: StepWorkbench[] = [];

async function standingBefore(step: string): Promise<StepWorkbench> {
  const first = prepared.get(step) ?? (await StepWorkbench.open());
  if (!prepared.has(step)) {
    prepared.set(step, first);
    await first.before(step);
  }
  const copy = await first.fork();
  opened.push(copy);
  return copy;
}
async function standingBehind(step: string): Promise<StepWorkbench> {
  const bench = await standingBefore(step);
  await bench.finish(step);
  return bench;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((bench) => bench.close()));
});
afterAll(async () => {
  await Promise.all([...prepared.values()].map((bench) => bench.close()));
});

const effectsOf = ({ deployment, database }: StepWorkbench) => [...deployment.effects, ...database.effects];

describe.each(steps)('the step %s', (step) => {
  it('does the same once when it runs twice, and says the same', async () => {
    const bench = await standingBefore(step);
    const first = await bench.attempt(step);
    const [outside, effects] = [await bench.outside(), effectsOf(bench)];
    bench.takeOver();
    const second = await bench.attempt(step);
    expect(await bench.outside()).toEqual(outside);
    expect(effectsOf(bench)).toEqual(effects);
    expect([first.kind, second.kind]).toEqual(['done', 'done']);
  });

  it('ends as if nothing had happened when its process dies anywhere and another takes it up', async () => {
    const undisturbed = await (await standingBehind(step)).outside();
    for (const { callsMade, bench } of await cutOffAnywhere(() => standingBefore(step), step, 'run', opened)) {
      expect((await bench.attempt(step)).kind).toBe('done');
      expect({ callsMade, outside: await bench.outside() }).toEqual({ callsMade, outside: undisturbed });
    }
  });
});

describe.each(compensable)('undoing %s', (step) => {
  it('restores what was there before', async () => {
    const before = await (await standingBefore(step)).outside();
    const bench = await standingBehind(step);
    expect(await bench.attempt(step, 'compensate')).toMatchObject({ kind: 'done' });
    expect(await bench.outside()).toEqual(before);
    bench.takeOver();
    expect(await bench.attempt(step, 'compensate')).toMatchObject({ kind: 'done' });
    expect(await bench.outside()).toEqual(before);
  });

  it('restores it from wherever running was cut off', async () => {
    const before = await (await standingBefore(step)).outside();
    for (const { callsMade, bench } of await cutOffAnywhere(() => standingBefore(step), step, 'run', opened)) {
      expect((await bench.attempt(step, 'compensate')).kind).toBe('done');
      expect({ callsMade, outside: await bench.outside() }).toEqual({ callsMade, outside: before });
    }
  });

  it('restores it from wherever undoing itself was cut off', async () => {
    const before = await (await standingBefore(step)).outside();
    for (const { callsMade, bench } of await cutOffAnywhere(() => standingBehind(step), step, 'compensate', opened)) {
      expect((await bench.attempt(step, 'compensate')).kind).toBe('done');
      expect({ callsMade, outside: await bench.outside() }).toEqual({ callsMade, outside: before });
    }
  });

  it('changes nothing when it never ran, but shuts out whoever was cut off before it began', async () => {
    const bench = await standingBefore(step);
    const [before, effects, stopped] = [await bench.outside(), effectsOf(bench), bench.fence];
    bench.takeOver();
    expect((await bench.attempt(step, 'compensate')).kind).toBe('done');
    expect(await bench.outside()).toEqual(before);
    expect(effectsOf(bench)).toEqual(effects);
    await expect(bench.attempt(step, 'run', bench.ports, stopped)).rejects.toThrow('refused fence');
    expect(await bench.outside()).toEqual(before);
  });
});
