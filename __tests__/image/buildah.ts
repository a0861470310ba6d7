import { execFile, type ExecFileOptions } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const installation = 'apt-get install --yes --no-install-recommends buildah debootstrap';

/** What an image says of itself, as far as it is looked at. */
const imageSchema = z.object({
  OCIv1: z.object({
    config: z.object({
      User: z.string(),
      Env: z.array(z.string()),
      Entrypoint: z.array(z.string()),
      Cmd: z.array(z.string()),
      WorkingDir: z.string(),
      Volumes: z.record(z.string(), z.unknown()),
      Labels: z.record(z.string(), z.string()),
    }),
  }),
});
export type ImageConfig = z.infer<typeof imageSchema>['OCIv1']['config'];

/** Says what is missing on this machine. @throws Error with the command that installs it. */
export async function expectTools(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('npm run test:image changes roots and mounts folders: run it as root');
  const missing: string[] = [];
  for (const tool of ['buildah', 'debootstrap', 'unshare', 'chroot']) {
    await run(tool, ['--version']).catch(() => missing.push(tool));
  }
  if (missing.length > 0) {
    throw new Error(`npm run test:image needs ${missing.join(' and ')}: ${installation}`);
  }
}

/** Buildah with a store of its own, which needs no daemon, no overlay and no namespace of users. */
export class Buildah {
  readonly #store: string;

  /** @param folder where the store lies. */
  constructor(folder: string) {
    this.#store = folder;
  }

  async hasImage(name: string): Promise<boolean> {
    return this.#run(['inspect', '--type', 'image', name]).then(
      () => true,
      () => false,
    );
  }

  /** Makes an image of a folder. */
  async imageOf(folder: string, name: string, path: string): Promise<void> {
    const container = (await this.#run(['from', 'scratch'])).trim();
    await this.#run(['copy', '--quiet', container, folder, '/']);
    await this.#run(['config', '--env', `PATH=${path}`, container]);
    await this.#run(['commit', '--quiet', '--rm', container, name]);
  }

  /**
   * Builds a folder with a Dockerfile.
   * @param secrets files that the build alone may read, by the names that the Dockerfile gives them.
   */
  async build(
    folder: string,
    name: string,
    values: Readonly<Record<string, string>>,
    secrets: Readonly<Record<string, string>>,
  ): Promise<void> {
    const given = Object.entries(values).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]);
    const kept = Object.entries(secrets).flatMap(([id, file]) => ['--secret', `id=${id},src=${file}`]);
    const options = ['--isolation', 'chroot', '--tag', name, ...kept, ...given];
    await this.#run(['build', ...options, folder], { timeout: 1_200_000 });
  }

  async configOf(name: string): Promise<ImageConfig> {
    return imageSchema.parse(JSON.parse(await this.#run(['inspect', '--type', 'image', name]))).OCIv1.config;
  }

  /** Writes an image as an OCI layout, its layers compressed. */
  async writeLayout(name: string, folder: string): Promise<void> {
    await this.#run(['push', '--quiet', name, `oci:${folder}:image`], { timeout: 600_000 });
  }

  /** @returns a container of the image, and the folder that its files are in. */
  async mount(name: string): Promise<{ readonly container: string; readonly folder: string }> {
    const container = (await this.#run(['from', '--pull-never', name])).trim();
    return { container, folder: (await this.#run(['mount', container])).trim() };
  }

  async remove(container: string): Promise<void> {
    await this.#run(['rm', container]);
  }

  async #run(words: readonly string[], options: ExecFileOptions = {}): Promise<string> {
    const store = ['--storage-driver', 'vfs', '--root', `${this.#store}/root`, '--runroot', `${this.#store}/run`];
    const { stdout } = await run('buildah', [...store, ...words], {
      ...options,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  }
}
