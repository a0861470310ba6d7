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

  const staging = { application: 'shop', to: 'staging' };

  function keeping(ruled: string) {
    const kept: string[][] = [];
    const keepSecret = (name: string, value: string) => {
      kept.push([name, value]);
      return Promise.resolve();
    };
    return { kept, session: fakeSession({}, { keepSecret, configurationRepository: () => Promise.resolve(ruled) }) };
  }

  it('is handed over to where promotions find it, and nowhere else', async () => {
    const { kept, session } = keeping('configuration');
    await keepGitopsToken(session, { GITOPS_TOKEN: 'hunter2', GITOPS_REPO: 'owner/gitops-repo' }, staging);
    await keepGitopsToken(session, {}, staging);
    expect(kept).toEqual([['GITOPS_TOKEN', 'hunter2']]);
  });

  it('without GITOPS_REPO is for the repository of the rules, and refused and not kept where that takes none', async () => {
    const taken = keeping('https://git.example/x.git');
    await keepGitopsToken(taken.session, { GITOPS_TOKEN: 'hunter2' }, staging);
    expect(taken.kept).toHaveLength(1);
    const { kept, session } = keeping('configuration');
    const keep = keepGitopsToken(session, { GITOPS_TOKEN: 'hunter2' }, staging);
    await expect(keep).rejects.toThrow(UsageError);
    await expect(keep).rejects.toThrow(
      'GITOPS_TOKEN is set, and GITOPS_REPO is not, and the repository of the rules for staging is not reached over https:',
    );
    expect(kept).toEqual([]);
  });
});
