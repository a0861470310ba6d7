import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { GitConfigurationRepository } from '../../../engine/configuration/git-configuration-repository.ts';
import { UnknownNameError } from '../../../engine/service/service-errors.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { unreachablePorts } from '../../support/unreachable-ports.ts';
import { scratchGit, type ScratchGit } from '../configuration/scratch-git.ts';
import { sampleRelease } from '../workflow/sample-promotion.ts';
import { admin, rulesText, ServiceDesk, viewer } from './service-fixture.ts';

jest.setTimeout(120_000);

const path = 'shop/staging/values.yaml';
let server: ScratchPostgres;
let folder: string;
let git: ScratchGit;
let desk: ServiceDesk;

beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'configuration-history-'));
  git = await scratchGit();
  const configuration = new GitConfigurationRepository({
    remote: { address: git.remote },
    cacheFolder: join(folder, 'cache.git'),
  });
  desk = await ServiceDesk.open(await server.createStoreDatabase(), rulesText(), {
    ...unreachablePorts,
    configuration: () => configuration,
  });
});
afterEach(async () => {
  await desk.close();
  await git.remove();
  await rm(folder, { recursive: true, force: true });
});

/** As a promotion commits: with its id in what it says. */
function promoted(promotion: string, content: string): string {
  const head = git.commit('env/staging', { [path]: content });
  const tree = git.git('rev-parse', `${head}^{tree}`);
  const message = `Promote shop v2 to staging\n\nPromotion: ${promotion}\n`;
  const commit = git.git('commit-tree', tree, '-p', `${head}~1`, '-m', message);
  git.git('update-ref', 'refs/heads/env/staging', commit);
  return commit;
}

const history = (limit = 10) =>
  desk.service.configurationHistory(viewer, { application: 'shop', environment: 'staging', limit });
const diff = (more: Partial<Parameters<ServiceDesk['service']['configurationDiff']>[1]> = {}) =>
  desk.service.configurationDiff(viewer, { application: 'shop', environment: 'staging', ...more });

describe('the history of an environment’s configuration', () => {
  it('says who changed it, with which promotion, and what, secrets masked', async () => {
    const first = git.commit('env/staging', { [path]: 'release: v1\nlimit: 5\n' });
    const second = promoted('pr-7f3a', 'release: v2\nlimit: 5\ndbPassword: hunter2\n');
    git.commit('env/staging', { 'other.txt': 'x' });
    const found = await history();
    expect(found).toMatchObject({ environment: 'staging', branch: 'env/staging', path, isCut: false });
    expect(found.revisions).toMatchObject([
      {
        commit: second,
        author: 'Ana',
        subject: 'Promote shop v2 to staging',
        promotionId: 'pr-7f3a',
        changes: [
          { subject: 'release', before: 'v1', after: 'v2' },
          { subject: 'dbPassword', before: undefined },
        ],
      },
      { commit: first, promotionId: undefined, changes: [{ subject: 'release' }, { subject: 'limit' }] },
    ]);
    expect(JSON.stringify(found)).not.toContain('hunter2');
    expect(await history(1)).toMatchObject({ isCut: true, revisions: [{ commit: second }] });
  });

  it('goes on over a version that somebody broke', async () => {
    git.commit('env/staging', { [path]: 'release: v1\n' });
    git.commit('env/staging', { [path]: 'release: [\n' });
    git.commit('env/staging', { [path]: 'release: v2\n' });
    expect((await history()).revisions.map(({ changes }) => changes.length)).toEqual([0, 0, 1]);
  });
});

describe('the difference of two versions', () => {
  it('is that of the newest change, or of commits and promotions by name', async () => {
    const first = git.commit('env/staging', { [path]: 'release: v1\nlimit: 5\n' });
    promoted('pr-7f3a', 'release: v2\nlimit: 5\n');
    git.commit('env/staging', { [path]: 'release: v2\nlimit: 9\n' });
    expect(await diff()).toMatchObject({ changes: [{ subject: 'limit', before: '5', after: '9' }] });
    expect(await diff({ to: 'pr-7f3a' })).toMatchObject({ changes: [{ subject: 'release', after: 'v2' }] });
    expect((await diff({ from: first.slice(0, 8) })).changes).toHaveLength(2);
    await expect(diff({ to: 'pr-0000' })).rejects.toThrow('pr-0000 changed nothing in shop/staging/values.yaml');
    await expect(diff({ to: 'abc' })).rejects.toThrow('abc changed nothing');
    await expect(diff({ to: '\u001b[2J' })).rejects.toThrow('control character');
  });

  it('may be that of two environments', async () => {
    git.commit('env/staging', { [path]: 'release: v2\nlimit: 5\n' });
    git.commit('env/production', { 'shop/production/values.yaml': 'release: v1\nlimit: 5\n' });
    expect(await diff({ against: 'production' })).toMatchObject({
      from: expect.stringMatching(/^production [0-9a-f]{12}$/) as unknown,
      changes: [{ subject: 'release', before: 'v1', after: 'v2' }],
    });
    await expect(diff({ against: 'production', from: 'abcd' })).rejects.toThrow('not with both at once');
    await expect(diff({ against: 'nowhere' })).rejects.toThrow('nowhere');
  });

  it('is refused for an application that was released once and is not in the rules any more', async () => {
    await desk.service.createRelease(admin, { application: 'gone', name: 'v1', content: sampleRelease.content }, []);
    await expect(diff({ application: 'gone' })).rejects.toThrow(new UnknownNameError('application', 'gone', ['shop']));
  });
});
