import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Buildah } from './buildah.ts';

const run = promisify(execFile);
const searchPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Name of the image that stands in for the base: Debian of the same suite, with this project's Node and with npm. */
export const standInBase = 'localhost/node:24-bookworm-slim';

/** Makes it, since no registry of images can be counted on. */
export async function makeStandInBase(buildah: Buildah, folder: string): Promise<void> {
  const root = path.join(folder, 'debian');
  await rm(root, { recursive: true, force: true });
  await mkdir(root, { recursive: true });
  await run('debootstrap', ['--variant=minbase', 'bookworm', root], {
    timeout: 1_200_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const place of ['var/cache/apt', 'var/lib/apt/lists']) {
    await rm(path.join(root, place), { recursive: true });
    await mkdir(path.join(root, place));
  }
  const modules = path.join(root, 'usr/local/lib/node_modules');
  await mkdir(modules, { recursive: true });
  await cp(process.execPath, path.join(root, 'usr/local/bin/node'), { dereference: true });
  await cp(await npmFolder(), path.join(modules, 'npm'), { recursive: true, verbatimSymlinks: true });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', path.join(root, 'usr/local/bin/npm'));
  await buildah.imageOf(root, standInBase, searchPath);
  await rm(root, { recursive: true });
}

/**
 * Settings of this machine's npm that a build needs: the registry, and whom it trusts.
 * @param note ends up in no layer.
 * @returns files by the names of the build's secrets.
 */
export async function npmSecrets(folder: string, note: string): Promise<Readonly<Record<string, string>>> {
  const registry = await npmSetting('registry');
  const trusted = (await npmSetting('cafile')) ?? process.env['NODE_EXTRA_CA_CERTS'];
  const lines = [
    `; ${note}`,
    ...(registry === undefined ? [] : [`registry=${registry}`]),
    ...(trusted === undefined ? [] : ['cafile=/run/secrets/certificates']),
  ];
  const npmrc = path.join(folder, 'npmrc');
  await writeFile(npmrc, `${lines.join('\n')}\n`, { mode: 0o600 });
  return { npmrc, ...(trusted === undefined ? {} : { certificates: trusted }) };
}

async function npmSetting(name: string): Promise<string | undefined> {
  const { stdout } = await run('npm', ['config', 'get', name]);
  const value = stdout.trim();
  return value === 'null' || value === 'undefined' || value === '' ? undefined : value;
}

/** The folder that holds the npm that this machine's shell finds. */
async function npmFolder(): Promise<string> {
  const { stdout } = await run('sh', ['-c', 'command -v npm']);
  const folder = path.dirname(path.dirname(await realpath(stdout.trim())));
  const { name } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { readonly name: string };
  if (name !== 'npm') throw new Error(`${folder} holds ${name} and not npm`);
  return folder;
}
