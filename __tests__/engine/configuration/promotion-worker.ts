/**
 * A worker of its own process for the tests of lost leases. Arguments: remote, cache folder, git program, fence, commit
 * to propose (`propose`) or to advance the branch to (`advance:<base>:<commit>`). Prints how it ended.
 */
import { GitConfigurationRepository } from '../../../engine/configuration/git-configuration-repository.ts';

const [address = '', cacheFolder = '', binary = 'git', fence = '0', task = ''] = process.argv.slice(2);
const repository = new GitConfigurationRepository({ remote: { address }, cacheFolder, git: { binary } });
const effect = { key: 'pr-1:deploy', fence: Number(fence), signal: new AbortController().signal };
const [verb, base = '', commit = ''] = task.split(':');

try {
  if (verb === 'advance') {
    await repository.advance('main', base, commit, effect);
  } else {
    await repository.propose(
      'main',
      {
        change: 'pr-zombie',
        base,
        files: [{ path: 'values.yaml', content: 'release: zombie\n' }],
        message: 'From a worker that was stopped\n',
        author: { name: 'Ana', email: 'ana@shop.example', at: new Date(0) },
      },
      effect,
    );
  }
  process.stdout.write('done');
} catch (error) {
  process.stdout.write(error instanceof Error ? error.name : String(error));
}
