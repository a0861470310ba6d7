import { appendFile } from 'node:fs/promises';
import { promoteVerified } from '../../engine/service/auto-promotion.ts';
import type { ServiceContext } from '../../engine/service/service-context.ts';
import type { LocalFolders } from './local-folders.ts';
import { causeText } from '../../engine/wording/cause-text.ts';

/** A tick comes twice a second; what is verified may move on a little later. */
const shortestPauseMs = 5000;

/** Has verified releases move on by themselves. What keeps it from that is in the log, once, and stops nothing else. */
export class LocalAutoPromotion {
  readonly #folders: LocalFolders;
  readonly #context: ServiceContext;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #told: ReadonlySet<string> = new Set();

  constructor(folders: LocalFolders, context: ServiceContext) {
    this.#folders = folders;
    this.#context = context;
  }

  /** Looks unless it did so a moment ago. */
  async lookNowAndThen(): Promise<void> {
    const now = performance.now();
    if (now - this.#lookedAt < shortestPauseMs) return;
    this.#lookedAt = now;
    await this.look();
  }

  async look(): Promise<void> {
    await this.#tell(await this.#troubles());
  }

  /** Rules that cannot be read refuse a promotion; they must not stop what is on its way. */
  async #troubles(): Promise<readonly string[]> {
    try {
      const refusals = await promoteVerified(this.#context);
      return refusals.map(({ application, release, to, reason }) => `${application} ${release} → ${to}: ${reason}`);
    } catch (error) {
      return [causeText(error)];
    }
  }

  async #tell(troubles: readonly string[]): Promise<void> {
    const news = troubles.filter((trouble) => !this.#told.has(trouble));
    this.#told = new Set(troubles);
    if (news.length === 0) return;
    const at = new Date().toISOString();
    const lines = news.map((trouble) => `${at} auto-promotion: ${trouble}\n`).join('');
    await appendFile(this.#folders.log, lines, { mode: 0o600 }).catch(() => undefined);
  }
}
