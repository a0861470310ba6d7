import { jest } from '@jest/globals';
import type { DispensableStep } from '../../../engine/rules/step-names.ts';
import { cutOffAnywhere } from './cut-off-anywhere.ts';
import { StepWorkbench } from './step-workbench.ts';

// Real git and real files, once per place at which a process can die.
jest.setTimeout(180_000);

const opened: StepWorkbench[] = [];
const prepared = new Map<string, StepWorkbench>();
afterEach(async () => {
  await Promise.all(opened.splice(0).map((bench) => bench.close()));
});
afterAll(async () => {
  await Promise.all([...prepared.values()].map((bench) => bench.close()));
});

async function standing(leftOut: readonly DispensableStep[], before: string): Promise<StepWorkbench> {
  const key = [...leftOut, before].join();
  const first = prepared.get(key) ?? (await StepWorkbench.open(leftOut));
  if (!prepared.has(key)) {
    prepared.set(key, first);
    await first.before(before);
  }
  const copy = await first.fork();
  opened.push(copy);
  return copy;
}

const valuesOf = (bench: StepWorkbench): string => bench.git('show', 'env/staging:shop/staging/values.yaml');
const commits = (bench: StepWorkbench): readonly string[] => bench.git('log', '--format=%s', 'env/staging').split('\n');

describe('deploy, where the rules leave out promote-configuration', () => {
  const before = () => standing(['promote-configuration'], 'deploy');
  async function behind(): Promise<StepWorkbench> {
    const bench = await before();
    await bench.finish('deploy');
    return bench;
  }

  it('commits release and images, once, and no value that the release brings', async () => {
    const bench = await before();
    const [api] = bench.v2.content.images;
    const done = await bench.finish('deploy');
    expect(valuesOf(bench)).toBe(
      `# of the team\nrelease: v2\nimages:\n  api: ${api?.digest ?? ''} # pinned\nfeature:\n  limit: 5`,
    );
    expect(commits(bench)).toHaveLength(2);
    expect((await bench.deployment.status()).desired).toMatchObject({
      release: 'v2',
      configurationCommit: bench.git('rev-parse', 'env/staging'),
    });
    const told = done.records?.changes?.filter(({ kind }) => kind === 'configuration').map(({ subject }) => subject);
    expect(told).toEqual(['release', 'images.api']);
    expect(bench.logs).toContain('release: v1 → v2');
    bench.takeOver();
    await bench.attempt('deploy');
    expect(commits(bench)).toHaveLength(2);
  });

  it('moves nothing when somebody pushed since the target was looked at', async () => {
    const bench = await before();
    bench.commit('other.txt', 'pushed meanwhile\n');
    await expect(bench.attempt('deploy')).rejects.toThrow('env/staging');
    expect((await bench.deployment.status()).desired?.release).toBe('v1');
    expect(commits(bench)[0]).toBe('By hand');
  });

  it('ends as if nothing had happened when its process dies anywhere and another takes it up', async () => {
    const undisturbed = await (await behind()).outside();
    for (const { callsMade, bench } of await cutOffAnywhere(before, 'deploy', 'run', opened)) {
      expect((await bench.attempt('deploy')).kind).toBe('done');
      expect({ callsMade, outside: await bench.outside() }).toEqual({ callsMade, outside: undisturbed });
    }
  });

  it('is undone from wherever running was cut off', async () => {
    const untouched = await (await before()).outside();
    for (const { callsMade, bench } of await cutOffAnywhere(before, 'deploy', 'run', opened)) {
      expect((await bench.attempt('deploy', 'compensate')).kind).toBe('done');
      expect({ callsMade, outside: await bench.outside() }).toEqual({ callsMade, outside: untouched });
    }
  });

  it('is undone from wherever undoing itself was cut off', async () => {
    const untouched = await (await before()).outside();
    for (const { callsMade, bench } of await cutOffAnywhere(behind, 'deploy', 'compensate', opened)) {
      expect((await bench.attempt('deploy', 'compensate')).kind).toBe('done');
      expect({ callsMade, outside: await bench.outside() }).toEqual({ callsMade, outside: untouched });
    }
  });

  it('takes back what it moved and nothing that people edited since', async () => {
    const bench = await behind();
    bench.commit('shop/staging/values.yaml', valuesOf(bench).replace('limit: 5', 'limit: 7'));
    bench.takeOver();
    const undone = await bench.attempt('deploy', 'compensate');
    expect(valuesOf(bench)).toBe(
      '# of the team\nrelease: v1\nimages:\n  api: sha256:old # pinned\nfeature:\n  limit: 7',
    );
    expect(bench.logs.filter((line) => line.includes('edited since'))).toEqual([]);
    if (undone.kind !== 'done') throw new Error('it is not done');
    expect(
      undone.records?.changes?.filter(({ kind }) => kind === 'configuration').map(({ subject }) => subject),
    ).toEqual(['release', 'images.api']);
  });
});

describe('a promotion whose back-up the rules leave out', () => {
  it('notes what the target was, with its flags, and writes nothing outside', async () => {
    const bench = await standing(['back-up'], 'note-target');
    const before = await bench.outside();
    const { summary, output } = await bench.finish('note-target');
    expect(summary).toContain('nothing is backed up, as the rules say');
    expect(output).toMatchObject({
      commit: bench.git('rev-parse', 'env/staging'),
      desired: { release: 'v1' },
      flags: [{ key: 'old-flag', isEnabled: true, percentage: 30 }],
    });
    expect(await bench.outside()).toEqual(before);
    expect(bench.database.effects).toEqual([]);
  });

  it('is taken back from its end to what was there before, flags and schema included', async () => {
    const bench = await standing(['back-up'], 'verify');
    const before = await (await standing(['back-up'], 'note-target')).outside();
    bench.takeOver();
    for (const step of ['deploy', 'promote-flags', 'promote-artifacts', 'migrate-database', 'promote-configuration']) {
      expect((await bench.attempt(step, 'compensate')).kind).toBe('done');
    }
    expect(await bench.outside()).toEqual(before);
  });

  it('does not put back a database of which there is no back-up, whatever it is asked', async () => {
    const bench = await standing(['back-up'], 'verify');
    const rollback = {
      trigger: 'manual',
      reason: 'errors',
      requestedBy: 'ana',
      at: new Date(),
      acceptsDataLoss: true,
    } as const;
    bench.promotion = { ...bench.promotion, rollback: { ...rollback, restoresDatabase: true } };
    bench.takeOver();
    await expect(bench.attempt('deploy', 'compensate')).rejects.toThrow('there is no back-up of the database');
  });
});

describe('a promotion whose images nobody looks into', () => {
  it('is sent back all the same when its target changed since the plan was made', async () => {
    const bench = await standing(['validate-artifacts'], 'back-up');
    expect((await bench.attempt('revalidate')).kind).toBe('done');
    bench.commit('other.txt', 'pushed meanwhile\n');
    expect(await bench.attempt('revalidate')).toMatchObject({
      kind: 'send-back',
      reason: expect.stringContaining('staging changed since the plan was made') as unknown,
    });
  });
});
