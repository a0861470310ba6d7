import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { renderConfiguration } from '../../engine/configuration/render-configuration.ts';
import type { ReleaseContent } from '../../engine/release.ts';
import { fillTemplate } from '../../engine/rules/templates.ts';
import type { LocalFolders } from './local-folders.ts';
import type { ShopEnvironment } from './shop-environments.ts';

const execute = promisify(execFile);
const sampleFolder = `${import.meta.dirname}/../../examples/shop/configuration`;
/** What the values of the sample must suit wherever they are. */
const schemaFile = join(sampleFolder, 'values.schema.json');
const identity = ['-c', 'user.name=Promotion Process', '-c', 'user.email=promotion-process@localhost'];

/** Nobody's own settings (hooks, signing) belong into these commits. */
async function git(...words: readonly string[]): Promise<void> {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1' };
  await execute('git', words, { env });
}

/** What the rules call local mode's own repository. */
export const ownRepository = 'configuration';

/**
 * The bare repository that the rules call `configuration`, with a branch for each environment that holds its values
 * with the first release in them. What is there already stays; repositories elsewhere are their owners'.
 */
export async function makeConfiguration(
  folders: LocalFolders,
  environments: readonly ShopEnvironment[],
  first: ReleaseContent,
): Promise<void> {
  const own = environments.filter(({ configuration }) => configuration.repository === ownRepository);
  const work = await mkdtemp(join(tmpdir(), 'promotion-configuration-'));
  try {
    if (!existsSync(folders.configuration)) await makeRepository(folders.configuration);
    for (const [index, environment] of own.entries()) {
      await addValues(folders.configuration, join(work, String(index)), environment, first);
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Complete before it is in its place, so that one that was cut off is made anew. */
async function makeRepository(repository: string): Promise<void> {
  const draft = `${repository}.${String(process.pid)}`;
  await rm(draft, { recursive: true, force: true });
  await git('init', '--quiet', '--bare', draft);
  await git('-C', draft, 'config', 'core.logAllRefUpdates', 'always');
  await rename(draft, repository);
}

/**
 * A commit with the environment's values, and the schema that its rules want them to suit, on its branch, as far as the
 * branch does not hold them. Git moves the branch at once.
 */
async function addValues(
  repository: string,
  tree: string,
  environment: ShopEnvironment,
  first: ReleaseContent,
): Promise<void> {
  const { branch, path, schema } = environment.configuration;
  const hasBranch = await git('-C', repository, 'show-ref', '--verify', '--quiet', `refs/heads/${branch}`).then(
    () => true,
    () => false,
  );
  if (hasBranch) {
    await git('clone', '--quiet', '--branch', branch, repository, tree);
  } else await git('init', '--quiet', `--initial-branch=${branch}`, tree);
  const added = [
    await addFile(join(tree, path), async () => {
      return renderConfiguration(await valuesOf(environment), { name: 'v1', ...first }).text;
    }),
    schema !== undefined && (await addFile(join(tree, schema), () => readFile(schemaFile, 'utf8'))),
  ];
  if (!added.includes(true)) return;
  await git('-C', tree, 'add', '.');
  await git('-C', tree, ...identity, 'commit', '--quiet', '-m', `Configuration of ${environment.name}`);
  await git('-C', tree, 'push', '--quiet', repository, branch);
}

/** @returns whether it was not there before. */
async function addFile(file: string, content: () => Promise<string>): Promise<boolean> {
  if (existsSync(file)) return false;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, await content());
  return true;
}

/** The sample's own values for an environment of this name or alias, else those for any. */
async function valuesOf({ name, aliases }: ShopEnvironment): Promise<string> {
  const own = [name, ...aliases].map((word) => join(sampleFolder, word, 'values.yaml')).find(existsSync);
  if (own !== undefined) return readFile(own, 'utf8');
  return fillTemplate(await readFile(join(sampleFolder, 'any', 'values.yaml'), 'utf8'), { env: name });
}
