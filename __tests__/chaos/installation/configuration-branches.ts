import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const firstValues = `# The values of one environment.
release: none
images:
  web: none
settings:
  level: 0
`;

/** Makes the bare repository that the rules call `configuration`, with a branch for each environment and a full reflog. */
export async function makeConfigurationRepository(path: string, branches: readonly string[]): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'chaos-configuration-'));
  try {
    await run('git', ['init', '--quiet', '--bare', path]);
    await run('git', ['-C', path, 'config', 'core.logAllRefUpdates', 'always']);
    for (const branch of branches) {
      const tree = join(work, branch);
      await run('git', ['init', '--quiet', `--initial-branch=${branch}`, tree]);
      await mkdir(join(tree, branch));
      await writeFile(join(tree, branch, 'values.yaml'), firstValues);
      await run('git', ['-C', tree, 'add', '.']);
      const identity = ['-c', 'user.name=Chaos', '-c', 'user.email=chaos@localhost'];
      await run('git', ['-C', tree, ...identity, 'commit', '--quiet', '-m', `Values of ${branch}`]);
      await run('git', ['-C', tree, 'push', '--quiet', path, branch]);
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
