import { appendFile } from 'node:fs/promises';
import { closeMergedBack } from '../../engine/service/close-merged-back.ts';
import type { ServiceContext } from '../../engine/service/service-context.ts';
import type { LocalFolders } from './local-folders.ts';

/** Sees when hotfixes were merged back. What keeps it from seeing that is in the log, once, and stops nothing else. */
export class LocalMergeBacks {
  readonly #folders: LocalFolders;
  readonly #context: ServiceContext;
  readonly #ending = new AbortController();
  #told: ReadonlySet<string> = new Set();

  constructor(folders: LocalFolders, context: ServiceContext) {
    this.#folders = folders;
    this.#context = context;
  }

  async look(): Promise<void> {
    const unclear = await closeMergedBack(this.#context, this.#ending.signal);
    const troubles = unclear.map(({ item, reason }) => `${item}: ${reason}`);
    const news = troubles.filter((trouble) => !this.#told.has(trouble));
    this.#told = new Set(troubles);
    if (news.length === 0) return;
    const at = new Date().toISOString();
    const lines = news.map((trouble) => `${at} merge-back: ${trouble.replaceAll('\n', ' ')}\n`).join('');
    await appendFile(this.#folders.log, lines, { mode: 0o600 }).catch(() => undefined);
  }

  /** Nobody waits for a repository that does not answer. */
  stop(): void {
    this.#ending.abort(new Error('the session ends'));
  }
}
