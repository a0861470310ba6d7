import { jest } from '@jest/globals';
import type { ChangeEntry } from '../../../engine/workflow/environment-record.ts';
import type { StepResult } from '../../../engine/workflow/step-definition.ts';
import { Died, dyingPorts } from './dying-ports.ts';
import { StepWorkbench } from './step-workbench.ts';

jest.setTimeout(180_000);

const steps = ['migrate-database', 'promote-flags', 'deploy'];
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

afterEach(async () => {
  await Promise.all(opened.splice(0).map((bench) => bench.close()));
});
afterAll(async () => {
  await Promise.all([...prepared.values()].map((bench) => bench.close()));
});

function changesOf(result: StepResult): readonly ChangeEntry[] {
  return (result.kind === 'done' || result.kind === 'park' ? result.records?.changes : undefined) ?? [];
}

const inOrder = (changes: readonly ChangeEntry[]) =>
  changes.map(({ kind, subject, before, after }) => [kind, subject, before, after].join(' | ')).toSorted();

/** What is left of changes when each is taken for a step from one state to the next. @throws when they do not join */
function netOf(changes: readonly ChangeEntry[]): readonly string[] {
  const ends = new Map<string, { readonly before: string | undefined; after: string | undefined }>();
  for (const { kind, subject, before, after } of changes) {
    const key = `${kind} ${subject}`;
    const known = ends.get(key);
    if (known === undefined) ends.set(key, { before, after });
    else {
      expect({ key, before }).toEqual({ key, before: known.after });
      known.after = after;
    }
  }
  return [...ends].filter(([, { before, after }]) => before !== after).map(([key]) => key);
}

async function callsOf(bench: StepWorkbench, step: string, mode: 'run' | 'compensate'): Promise<number> {
  const watched = dyingPorts(bench.ports, Number.POSITIVE_INFINITY);
  await bench.attempt(step, mode, watched.ports);
  return watched.calls();
}

describe('what promotions change is recorded', () => {
  it('by the step that changes it, with what was there before', async () => {
    const bench = await standingBefore('migrate-database');
    const [old, next] = [bench.v1, bench.v2].map(({ content }) => content.images[0]?.digest ?? '');
    const migrated = changesOf(await bench.finish('migrate-database'));
    expect(migrated).toEqual([{ kind: 'schema', subject: '001 add column', before: undefined, after: 'expand' }]);
    await bench.finish('promote-artifacts');
    expect(changesOf(await bench.finish('promote-flags'))).toEqual([
      { kind: 'flag', subject: 'new-flag', before: undefined, after: 'on, by default on, comes with v2' },
      {
        kind: 'flag',
        subject: 'old-flag',
        before: 'on for 30 %, by default off, as it was',
        after: 'on for 30 %, by default off, said better',
      },
    ]);
    expect(changesOf(await bench.finish('deploy'))).toEqual([
      { kind: 'configuration', subject: 'release', before: 'v1', after: 'v2' },
      { kind: 'configuration', subject: 'images.api', before: 'sha256:old', after: next },
      { kind: 'configuration', subject: 'feature.limit', before: '5', after: '9' },
      { kind: 'release', subject: 'release', before: 'v1', after: 'v2' },
      { kind: 'image', subject: 'api', before: old, after: next },
    ]);
  });

  it('once, with the first look at a rollout that takes its time', async () => {
    const bench = await standingBefore('deploy');
    bench.deployment.phase = 'progressing';
    const parked = await bench.attempt('deploy');
    if (parked.kind !== 'park') throw new Error('it was to wait');
    expect(changesOf(parked)).toHaveLength(5);
    bench.promotion = {
      ...bench.promotion,
      steps: bench.promotion.steps.map((each) =>
        each.name === 'deploy' ? { ...each, status: 'parked', checkpoint: parked.checkpoint } : each,
      ),
    };
    expect(changesOf(await bench.attempt('deploy'))).toEqual([]);
    bench.deployment.phase = 'available';
    const done = await bench.attempt('deploy');
    expect(done.kind).toBe('done');
    expect(changesOf(done)).toEqual([]);
    bench.takeOver();
    // It parked and was then turned round: what was recorded is taken back, once.
    expect(netOf([...changesOf(parked), ...changesOf(await bench.attempt('deploy', 'compensate'))])).toEqual([]);
  });
});

describe.each(steps)('the changes of %s', (step) => {
  it('are the same when its process died anywhere and another took it up', async () => {
    const undisturbed = changesOf(await (await standingBefore(step)).attempt(step));
    expect(undisturbed.length).toBeGreaterThan(0);
    const calls = await callsOf(await standingBefore(step), step, 'run');
    for (let callsMade = 0; callsMade < calls; callsMade += 1) {
      const bench = await standingBefore(step);
      await expect(bench.attempt(step, 'run', dyingPorts(bench.ports, callsMade).ports)).rejects.toThrow(Died);
      bench.takeOver();
      expect(inOrder(changesOf(await bench.attempt(step)))).toEqual(inOrder(undisturbed));
    }
  });

  it('are taken back as they were made, also when taking back was cut off', async () => {
    const calls = await callsOf(await doneWith(step), step, 'compensate');
    for (let callsMade = 0; callsMade <= calls; callsMade += 1) {
      const bench = await standingBefore(step);
      const forward = changesOf(await bench.finish(step));
      bench.takeOver();
      if (callsMade < calls) {
        const dying = bench.attempt(step, 'compensate', dyingPorts(bench.ports, callsMade).ports);
        await expect(dying).rejects.toThrow(Died);
        bench.takeOver();
      }
      const back = changesOf(await bench.attempt(step, 'compensate'));
      expect({ callsMade, net: netOf([...forward, ...back]) }).toEqual({ callsMade, net: [] });
    }
  });

  it('leave nothing open when the step was cut off before it could record them', async () => {
    const calls = await callsOf(await standingBefore(step), step, 'run');
    for (let callsMade = 0; callsMade < calls; callsMade += 1) {
      const bench = await standingBefore(step);
      await expect(bench.attempt(step, 'run', dyingPorts(bench.ports, callsMade).ports)).rejects.toThrow(Died);
      bench.takeOver();
      const back = changesOf(await bench.attempt(step, 'compensate'));
      expect({ callsMade, net: netOf(back) }).toEqual({ callsMade, net: [] });
    }
  });
});

async function doneWith(step: string): Promise<StepWorkbench> {
  const bench = await standingBefore(step);
  await bench.finish(step);
  bench.takeOver();
  return bench;
}

it('what people have changed in the configuration since stays when a release is taken back', async () => {
  const bench = await standingBefore('deploy');
  await bench.finish('deploy');
  const path = 'shop/staging/values.yaml';
  const promoted = bench.git('show', `env/staging:${path}`);
  bench.commit(path, `${promoted.replace('limit: 9', 'limit: 12')}\nteam: blue\n`);
  bench.takeOver();
  expect((await bench.attempt('deploy', 'compensate')).kind).toBe('done');
  const restored = bench.git('show', `env/staging:${path}`);
  expect(restored).toMatch(/^release: v1$/m);
  expect(restored).toMatch(/^ {2}api: sha256:old # pinned$/m);
  // Theirs: neither the promoted value nor the one before it.
  expect(restored).toMatch(/limit: 12/);
  expect(restored).toMatch(/^team: blue$/m);
  expect(bench.logs).toContain('feature.limit stays: it was edited since');
});

it('a configuration that the promotion never moved is left alone when it is taken back', async () => {
  const bench = await standingBefore('deploy');
  const path = 'shop/staging/values.yaml';
  bench.commit(path, 'release: v1\nedited: by hand\n');
  await expect(bench.attempt('deploy')).rejects.toThrow('changed meanwhile');
  bench.takeOver();
  expect(await bench.attempt('deploy', 'compensate')).toMatchObject({
    summary: 'nothing else was deployed: v1 serves on',
  });
  expect(bench.git('show', `env/staging:${path}`)).toBe('release: v1\nedited: by hand');
});
