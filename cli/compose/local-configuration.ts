import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ConfigurationRepository } from '../../engine/configuration/configuration-repository.ts';
import { GitConfigurationRepository } from '../../engine/configuration/git-configuration-repository.ts';
import type { GitCredentials } from '../../engine/configuration/git-remote.ts';
import { placeholdersOf } from '../../engine/rules/templates.ts';
import type { Rules } from '../../engine/rules/schema.ts';
import { MissingSecretError } from '../../engine/secrets/secret-source.ts';
import { isSystemError } from '../../engine/storage/system-error.ts';
import type { LocalFolders } from './local-folders.ts';
import { LocalSecrets } from './local-secrets.ts';

/** The token of a repository that the rules do not name, or name no secret for. */
const defaultTokenName = 'GITOPS_TOKEN';

/**
 * @param repository `configuration` is local mode's own bare repository; anything else an address or a path.
 * @param rules say which secret holds the token of an address.
 */
export function openConfiguration(
  folders: LocalFolders,
  repository: string,
  rules: () => Promise<Rules | undefined>,
): ConfigurationRepository {
  const remote = repository === 'configuration' ? folders.configuration : resolveRemote(repository);
  const name = createHash('sha256').update(remote).digest('hex').slice(0, 16);
  const secrets = new LocalSecrets(folders, process.env);
  return new GitConfigurationRepository({
    remote: takesToken(remote)
      ? { address: remote, credentials: (signal) => credentialsOf(secrets, repository, rules, signal) }
      : { address: remote },
    cacheFolder: `${folders.gitCache}/${name}.git`,
  });
}

/**
 * Values by commit, wherever a promotion of this machine took them from: whoever proposed the commit has it in a cache
 * of its own, and a commit's name is its content.
 */
export function everyConfiguration(folders: LocalFolders): Pick<ConfigurationRepository, 'read'> {
  return {
    async read(commit, path, signal) {
      let failure: unknown;
      const own = existsSync(join(folders.configuration, 'HEAD')) ? [folders.configuration] : [];
      for (const folder of [...own, ...(await cachesIn(folders.gitCache))]) {
        try {
          const holder = new GitConfigurationRepository({ remote: { address: folder }, cacheFolder: folder });
          return await holder.read(commit, path, signal);
        } catch (error) {
          signal.throwIfAborted();
          failure ??= error;
        }
      }
      throw failure instanceof Error ? failure : new Error(`no repository of this machine holds ${commit}`);
    },
  };
}

async function cachesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => /^[0-9a-f]+\.git$/.test(name)).map((name) => join(folder, name));
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return [];
    throw error;
  }
}

function resolveRemote(repository: string): string {
  return /^[a-z+]+:\/\//.test(repository) ? repository : resolve(repository);
}

/** Over HTTPS, and to this machine itself; nothing is sent unencrypted over a network. */
function takesToken(remote: string): boolean {
  const url = URL.parse(remote);
  if (url === null || url.username !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && /^(127\.|localhost$|\[::1\]$)/.test(url.hostname));
}

/** GitHub takes any user name beside a token. Where no token is kept, nobody is asked for one: it may be public. */
async function credentialsOf(
  secrets: LocalSecrets,
  repository: string,
  rules: () => Promise<Rules | undefined>,
  signal: AbortSignal,
): Promise<GitCredentials | undefined> {
  const named = secretNamedFor(repository, await rules());
  try {
    return { user: 'x-access-token', password: await secrets.read(named ?? defaultTokenName, signal) };
  } catch (error) {
    if (named === undefined && error instanceof MissingSecretError) return undefined;
    throw error;
  }
}

function secretNamedFor(repository: string, rules: Rules | undefined): string | undefined {
  const places = (rules?.environments ?? []).map(({ name, targets }) => ({ name, ...targets.configuration }));
  return places.find((place) => place.tokenSecret !== undefined && mayMean(place.repository, place.name, repository))
    ?.tokenSecret;
}

/** Whether a template, filled for an environment and some application, is this address. */
function mayMean(template: string, environment: string, address: string): boolean {
  if (placeholdersOf(template).length === 0) return template === address;
  const pattern = template
    .split(/(<[a-z]+>)/)
    .map((part) => (part === '<env>' ? escaped(environment) : part === '<app>' ? '[a-z0-9-]+' : escaped(part)))
    .join('');
  return new RegExp(`^${pattern}$`).test(address);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
