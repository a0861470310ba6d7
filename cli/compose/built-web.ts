import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const web = fileURLToPath(new URL('../../cloudrun-ui/web', import.meta.url));
const built = join(web, 'dist');

/**
 * The web as browsers load it. In a clone of the repository it is built when it is not there, or is older than its sources;
 * the package brings it.
 * @returns undefined when there is none and nothing to build it with.
 * @throws with what the bundler said.
 */
export async function builtWeb(): Promise<string | undefined> {
  const bundler = bundlerProgram();
  if (bundler !== undefined && (await isOld())) {
    // Whatever started this: with another one, the web is made of libraries that watch themselves, and a third heavier.
    const env = { ...process.env, NODE_ENV: 'production' };
    await promisify(execFile)(process.execPath, [bundler, 'build', web, '--config', join(web, 'vite.config.ts')], {
      env,
    });
  }
  return existsSync(built) ? built : undefined;
}

function bundlerProgram(): string | undefined {
  if (!existsSync(join(web, 'src'))) return undefined;
  try {
    const manifest = createRequire(join(web, 'package.json')).resolve('vite/package.json');
    return join(dirname(manifest), 'bin/vite.js');
  } catch {
    return undefined;
  }
}

async function isOld(): Promise<boolean> {
  const page = await stat(join(built, 'index.html')).catch(() => undefined);
  if (page === undefined) return true;
  const sources = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json'];
  const newest = Math.max(...(await Promise.all(sources.map((each) => newestMs(join(web, each))))));
  return newest > page.mtimeMs;
}

async function newestMs(path: string): Promise<number> {
  const found = await stat(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await readdir(path, { recursive: true, withFileTypes: true });
  const times = inside.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).mtimeMs);
  return Math.max(found.mtimeMs, ...(await Promise.all(times)));
}
