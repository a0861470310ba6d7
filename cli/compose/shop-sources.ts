import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, rename, rm } from 'node:fs/promises';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { layOutSources, shopReleases, type ShopRelease } from '../../examples/shop/release-sources.ts';
import type { ReleaseContent } from '../../engine/release.ts';
import type { LocalFolders } from './local-folders.ts';

const execute = promisify(execFile);
/** The same everywhere, so that the same sources are the same commits. */
const author = { name: 'Shop developer', email: 'shop@localhost' };
const firstCommitSeconds = Date.UTC(2026, 0, 1) / 1000;
const daySeconds = 86_400;

/**
 * The sample's own source repository: a commit for each of its releases on `main`, tagged with the release's name. Made
 * when it is not there; it can be cloned like any other.
 * @returns where a release was made from.
 */
export async function shopSource(
  folders: LocalFolders,
  release: ShopRelease,
): Promise<NonNullable<ReleaseContent['source']>> {
  if (!existsSync(folders.source)) await makeSources(folders.source);
  const commit = await git(folders.source, {}, 'rev-parse', '--verify', `refs/tags/${release}^{commit}`);
  return { repository: folders.source, commit, authors: [] };
}

/** Complete before it is in its place, so that one that was cut off is made anew. */
async function makeSources(repository: string): Promise<void> {
  const draft = `${repository}.${String(process.pid)}`;
  await rm(draft, { recursive: true, force: true });
  await git('.', {}, 'init', '--quiet', '--bare', '--initial-branch=main', draft);
  // What releases are built with is installed, and no source of theirs.
  await appendFile(join(draft, 'info/exclude'), 'node_modules\n');
  for (const [index, release] of shopReleases.entries()) await commitSources(draft, release, index);
  await rename(draft, repository).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    // Somebody else was faster, with the same commits.
    if (!existsSync(repository)) throw error;
  });
}

async function commitSources(repository: string, release: ShopRelease, index: number): Promise<void> {
  const sources = await layOutSources(release);
  try {
    const date = `${String(firstCommitSeconds + index * daySeconds)} +0000`;
    const variables = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_WORK_TREE: sources.directory };
    const subject = `Shop ${release} (#${String(index + 1)})`;
    await git(repository, variables, 'add', '--all', '.');
    await git(repository, variables, 'commit', '--quiet', `--message=${subject}\n\nSHOP-${String(index + 1)}`);
    await git(repository, {}, 'tag', release);
  } finally {
    await sources.remove();
  }
}

/** Nobody's own settings (hooks, signing, line ends) belong into these commits. */
async function git(
  repository: string,
  variables: Readonly<Record<string, string>>,
  ...words: readonly string[]
): Promise<string> {
  const place = variables['GIT_WORK_TREE'] ?? repository;
  const { stdout } = await execute('git', words, {
    cwd: place,
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: devNull,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_COMMITTER_NAME: author.name,
      GIT_COMMITTER_EMAIL: author.email,
      ...(repository === '.' ? {} : { GIT_DIR: repository }),
      ...variables,
    },
  });
  return stdout.trim();
}
