import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { SourceRepository } from '../../support/source-repository.ts';
import { printed } from '../seed-commands/printed-commands.ts';

/** The source of an application as somebody has it checked out who mends it as the guide says. */
export class HotfixSource {
  readonly #repository = new SourceRepository();

  constructor() {
    this.#repository.commit('orders.js', 'export const check = () => true;\n', 'Orders');
    this.#repository.git('branch', 'develop');
    const origin = `${this.#repository.address}-origin.git`;
    execFileSync('git', ['clone', '--quiet', '--bare', this.#repository.address, origin]);
    this.#repository.git('remote', 'add', 'origin', origin);
    // Development went on meanwhile.
    this.#repository.checkOut('develop');
    this.#repository.commit('next.js', 'export const next = 1;\n', 'What comes next');
    this.#repository.checkOut('main');
  }

  /** Types a line of the guide as it is printed. @throws with what git says when it fails */
  type(line: string): string {
    const identity = { GIT_AUTHOR_NAME: 'Wilma', GIT_AUTHOR_EMAIL: 'wilma@quikapp.example' };
    return execFileSync('sh', ['-c', printed(line)], {
      cwd: this.#repository.address,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        ...identity,
        GIT_COMMITTER_NAME: 'Wilma',
        GIT_COMMITTER_EMAIL: 'wilma@quikapp.example',
        GIT_CONFIG_GLOBAL: '/dev/null',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** The change itself, ready to be committed. */
  mend(): void {
    appendFileSync(join(this.#repository.address, 'orders.js'), 'export const checkToken = check;\n');
    this.#repository.git('add', '.');
  }

  /** What a release that is built from a branch says of its source. */
  of(branch: string): { readonly repository: string; readonly commit: string; readonly authors: readonly string[] } {
    const commit = this.#repository.git('rev-parse', branch);
    return { repository: this.#repository.address, commit, authors: ['wilma@quikapp.example'] };
  }

  remove(): void {
    this.#repository.remove();
  }
}
