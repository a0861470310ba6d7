import { jest, expect } from '@jest/globals';
import { examineConfiguration } from '../../../cli/compose/examine-configuration.ts';
import { GitConfigurationRepository } from '../../../engine/configuration/git-configuration-repository.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { doneStep, samplePromotion } from '../../../scripts/sample-promotion.ts';
import { scratchGit, type ScratchGit } from '../../engine/configuration/scratch-git.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { doctorWorld, findingsOf } from './doctor-fixture.ts';

// Real git processes; on a busy machine they take their time.
jest.setTimeout(120_000);

const branch = 'env/staging';
const path = 'shop/staging/values.yaml';
const { signal } = new AbortController();
let git: ScratchGit;
beforeEach(async () => {
  git = await scratchGit();
});
afterEach(() => git.remove());

const push = (text: string, to = branch) => git.commit(to, { [path]: text });

/** What is found while a commit runs in staging. */
async function examined(running: string, more: { moving?: PromotionRecord; newest?: PromotionRecord } = {}) {
  const deployment = new MemoryDeployment();
  const services = [{ name: 'api', repository: 'api', digest: 'd' }];
  const desired = { application: 'shop', release: 'v2', configurationCommit: running, services };
  await deployment.apply('staging', desired, 0, { key: 'p:deploy', fence: 1, signal });
  const repository = new GitConfigurationRepository({
    remote: { address: git.remote },
    cacheFolder: git.fresh('cache'),
  });
  const world = doctorWorld({
    ports: { deployment, configuration: () => repository },
    store: {
      listPromotions: () => Promise.resolve(more.moving === undefined ? [] : [more.moving]),
      load: () => Promise.resolve(more.newest),
    },
  });
  return (await findingsOf(examineConfiguration(world)))[0];
}

describe('configuration, as doctor sees it', () => {
  it('is well when the branch is at what runs', async () => {
    const commit = push('a: 1\n');
    expect(await examined(commit)).toMatchObject({
      subject: 'configuration · staging',
      level: 'ok',
      detail: `${branch} is at what runs (${commit.slice(0, 7)})`,
    });
  });

  it('says that somebody pushed what no promotion brought', async () => {
    const running = push('a: 1\n');
    push('a: 2\n');
    const finding = await examined(running);
    expect(finding).toMatchObject({ level: 'warn', detail: expect.stringContaining('no promotion brought') });
    expect(finding?.remedy).toContain('promote plan shop --to staging');
  });

  it('proposes a command that can be typed: the repository is bare, and in a folder of another name', async () => {
    const running = push('a: 1\n');
    const head = push('a: 2\n');
    const range = `${running.slice(0, 7)}..${head.slice(0, 7)}`;
    expect((await examined(running))?.remedy).toMatch(
      new RegExp(`^git -C /nowhere/configuration\\.git log ${range} says what; `),
    );
  });

  it('says that what runs was never pushed, or that the branch was rewritten', async () => {
    const elsewhere = push('a: 1\n', 'other');
    push('b: 1\n');
    for (const commit of [elsewhere, 'f'.repeat(40)]) {
      expect(await examined(commit)).toMatchObject({
        level: 'fail',
        detail: expect.stringContaining('was never pushed'),
      });
    }
  });

  it('finds the promotion that conflicts with what was pushed meanwhile', async () => {
    const base = push('a: 1\n');
    const proposed = { commit: 'c'.repeat(40), base };
    const step = { ...doneStep('promote-configuration', 0, 1, ''), output: proposed };
    const moving = samplePromotion({ state: 'PROMOTION_RUNNING', endedAt: undefined, steps: [step] });
    expect(await examined(base, { moving })).toMatchObject({ level: 'ok' });
    push('a: 2\n');
    expect(await examined(base, { moving })).toMatchObject({
      level: 'fail',
      detail: expect.stringContaining('they conflict'),
      remedy: expect.stringContaining('promote cancel pr-7f3a --reason'),
    });
  });

  it('finds a conflict also where the rules leave out promote-configuration, as long as nothing was deployed', async () => {
    const base = push('a: 1\n');
    const sample = samplePromotion();
    const noted = { ...doneStep('back-up', 0, 1, ''), output: { commit: base } };
    const deploy = { ...doneStep('deploy', 1, 2, ''), status: 'pending' } as const;
    const moving = samplePromotion({
      state: 'PROMOTION_RUNNING',
      endedAt: undefined,
      definition: { ...sample.definition, leftOut: ['promote-configuration'] },
      steps: [noted, deploy],
    });
    expect(await examined(base, { moving })).toMatchObject({ level: 'ok' });
    push('a: 2\n');
    expect(await examined(base, { moving })).toMatchObject({
      level: 'fail',
      detail: expect.stringContaining('conflict'),
    });
    const deploying = { ...moving, steps: [noted, { ...deploy, status: 'parked' }] } as PromotionRecord;
    expect((await examined(base, { moving: deploying }))?.detail).not.toContain('conflict');
  });

  it('looks where the newest promotion had it, when that was not where the rules say', async () => {
    const commit = push('a: 1\n', 'main');
    const sample = samplePromotion();
    const configuration = { repository: git.remote, branch: 'main', path, isRedirected: true };
    const definition = { ...sample.definition, target: { ...sample.definition.target, configuration } };
    expect(await examined(commit, { newest: samplePromotion({ definition }) })).toMatchObject({
      level: 'ok',
      detail: expect.stringContaining('main is at what runs'),
    });
  });

  it('says which branch or file is missing', async () => {
    push('a: 1\n', 'other');
    expect(await examined('f'.repeat(40))).toMatchObject({ level: 'fail', remedy: expect.stringContaining(branch) });
    git.commit(branch, { 'elsewhere.yaml': 'a: 1\n' });
    expect(await examined('f'.repeat(40))).toMatchObject({
      level: 'fail',
      detail: `${path} is missing on branch ${branch}`,
    });
  });
});
