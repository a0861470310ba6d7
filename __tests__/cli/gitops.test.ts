import { configurationIn, keepGitopsToken, repositoryAddress } from '../../cli/gitops.ts';
import { UsageError } from '../../cli/usage-error.ts';
import { fakeSession } from './support/fake-session.ts';

describe('GITOPS_REPO and GITOPS_BRANCH', () => {
  it('say where the configuration of the promotion is', () => {
    expect(configurationIn({ GITOPS_REPO: 'owner/gitops-repo', GITOPS_BRANCH: 'main' })).toEqual({
      configuration: { repository: 'https://github.com/owner/gitops-repo.git', branch: 'main' },
    });
    expect(configurationIn({ GITOPS_BRANCH: 'main' })).toEqual({ configuration: { branch: 'main' } });
    expect(configurationIn({})).toEqual({});
  });

  it.each([
    ['owner/gitops-repo', 'https://github.com/owner/gitops-repo.git'],
    ['owner/gitops-repo.git', 'https://github.com/owner/gitops-repo.git'],
    ['https://git.example/x.git', 'https://git.example/x.git'],
    ['/srv/git/x.git', '/srv/git/x.git'],
  ])('take %s for %s', (word, address) => {
    expect(repositoryAddress(word)).toBe(address);
  });
});

describe('GITOPS_TOKEN', () => {
  it.each(['owner/gitops-repo', 'https://git.example/x.git', 'http://127.0.0.1:3000/x.git'])(
    'is for a repository that is reached encrypted, or on this machine: %s',
    (repository) => {
      expect(configurationIn({ GITOPS_REPO: repository, GITOPS_TOKEN: 'hunter2' })).not.toEqual({});
    },
  );

  it.each([
    ['http://git.example/x.git', 'unencrypted'],
    ['/srv/git/x.git', 'would not be used'],
    ['ssh://git@git.example/x.git', 'would not be used'],
    ['file:///srv/git/x.git', 'would not be used'],
  ])('is refused by name where it would be sent openly or not at all: %s', (repository, why) => {
    const read = () => configurationIn({ GITOPS_REPO: repository, GITOPS_TOKEN: 'hunter2' });
    expect(read).toThrow(UsageError);
    expect(read).toThrow(/GITOPS_TOKEN/);
    expect(read).toThrow(why);
    expect(read).not.toThrow(/hunter2/);
  });

  it('is handed over to where promotions find it, and nowhere else', async () => {
    const kept: string[][] = [];
    const keepSecret = (name: string, value: string) => {
      kept.push([name, value]);
      return Promise.resolve();
    };
    await keepGitopsToken(fakeSession({}, { keepSecret }), { GITOPS_TOKEN: 'hunter2' });
    await keepGitopsToken(fakeSession({}, { keepSecret }), {});
    expect(kept).toEqual([['GITOPS_TOKEN', 'hunter2']]);
  });
});
