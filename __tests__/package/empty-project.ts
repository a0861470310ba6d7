import { execFile, type ExecFileException } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const template = path.join(root, 'node_modules/cdktf-cli/bundle/templates/typescript');

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A project as `cdktf init --template=typescript` makes it, from the files that the command brings. Its jest is left out,
 * which has nothing to do with what is installed.
 */
export class EmptyProject {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** A folder with nothing in it. */
  static async bare(): Promise<EmptyProject> {
    return new EmptyProject(await mkdtemp(path.join(tmpdir(), 'promotion-package-')));
  }

  static async create(): Promise<EmptyProject> {
    const project = await EmptyProject.bare();
    for (const file of ['tsconfig.json', 'main.ts', 'package.json']) {
      await cp(path.join(template, file), project.in(file));
    }
    const manifest = await readFile(project.in('package.json'), 'utf8');
    await project.write('package.json', manifest.replace('{{ $base }}', 'shop-promotion'));
    return project;
  }

  in(file: string): string {
    return path.join(this.folder, file);
  }

  async write(file: string, text: string): Promise<void> {
    await writeFile(this.in(file), text);
  }

  /** Writes into parts of the manifest (`dependencies`, `overrides`), as somebody does by hand. */
  async apply(changes: Readonly<Record<string, Readonly<Record<string, string>>>>): Promise<void> {
    const manifest = JSON.parse(await readFile(this.in('package.json'), 'utf8')) as Readonly<
      Record<string, Readonly<Record<string, string>>>
    >;
    const changed = Object.entries(changes).map(([part, entries]) => [part, { ...manifest[part], ...entries }]);
    await this.write('package.json', JSON.stringify({ ...manifest, ...Object.fromEntries(changed) }, undefined, 2));
  }

  /** @throws with what npm said. */
  async install(...packages: readonly string[]): Promise<void> {
    const ended = await this.run('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', ...packages);
    if (ended.exitCode !== 0) throw new Error(`npm install failed:\n${ended.stderr}`);
  }

  /** Runs a file of an installed package. @param node which Node. */
  runFile(node: string, file: string, ...words: readonly string[]): Promise<Ended> {
    return this.run(node, this.in(file), ...words);
  }

  run(program: string, ...words: readonly string[]): Promise<Ended> {
    // What the calling npm tells its own children is about another project.
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
    return new Promise((resolve) => {
      execFile(
        program,
        words,
        { cwd: this.folder, env: environment, maxBuffer: 1 << 26 },
        (error: ExecFileException | null, stdout, stderr) => {
          const exitCode = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1;
          resolve({ exitCode, stdout, stderr });
        },
      );
    });
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
