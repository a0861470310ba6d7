import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real git repository of an application's source code, with `main` checked out. */
export class SourceRepository {
  readonly #folder: string;
  /** Its address. */
  readonly address: string;

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'source-'));
    this.address = join(this.#folder, 'source');
    execFileSync('git', ['init', '--quiet', '--initial-branch=main', this.address]);
  }

  /** @returns what git prints. */
  git(...words: readonly string[]): string {
    const identity = ['-c', 'user.name=Ana', '-c', 'user.email=ana@shop.example'];
    return execFileSync('git', ['-C', this.address, ...identity, ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  }

  /** Checks a branch out, making it at a commit when it is not there. */
  checkOut(branch: string, at?: string): void {
    this.git('checkout', '--quiet', ...(at === undefined ? [branch] : ['-b', branch, at]));
  }

  /** Commits a file on what is checked out. @returns the commit. */
  commit(file: string, content: string, message = `Change ${file}`): string {
    writeFileSync(join(this.address, file), content);
    this.git('add', '.');
    this.git('commit', '--quiet', '-m', message);
    return this.head();
  }

  head(): string {
    return this.git('rev-parse', 'HEAD');
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
