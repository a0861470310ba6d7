import { FileNotifier } from '../../engine/notifications/file-notifier.ts';
import { journal } from '../../engine/notifications/journal.ts';
import type { Subscriber } from '../../engine/notifications/notifier.ts';
import { ruleChannels } from '../../engine/notifications/rule-channels.ts';
import { localOutboundPolicy } from '../../engine/outbound/address-policy.ts';
import { HttpCaller } from '../../engine/outbound/http-call.ts';
import type { RulesSource } from '../../engine/service/service-context.ts';
import type { ServiceStore } from '../../engine/store/service-store.ts';
import { OutboxSweeper } from '../../engine/workflow/outbox-sweeper.ts';
import { secretFromEnvironment } from './local-secret.ts';
import type { LocalFolders } from './local-folders.ts';

const sweepTimeoutMs = 10_000;

/** Tells whoever listens on this machine: the journal, and the channels of the rules. */
export class LocalNews {
  readonly #sweeper: OutboxSweeper;
  readonly #ending = new AbortController();
  #sweeping: Promise<void> | undefined;

  /** @param more subscribers beside the journal and the channels of the rules. */
  constructor(folders: LocalFolders, store: ServiceStore, rules: RulesSource, more: readonly Subscriber[] = []) {
    const world = {
      folder: folders.root,
      http: new HttpCaller(localOutboundPolicy),
      secret: secretFromEnvironment,
    };
    const own = [journal(new FileNotifier(folders.notifications)), ...more];
    this.#sweeper = new OutboxSweeper(store, async () => {
      const { notifications } = await rules.current();
      return [...own, ...ruleChannels(notifications, world)];
    });
  }

  async sweep(): Promise<void> {
    await this.#sweeper.sweep(AbortSignal.any([this.#ending.signal, AbortSignal.timeout(sweepTimeoutMs)]));
  }

  /** Beside what else goes on: nobody waits for a channel that does not answer. One sweep at a time. */
  sweepInBackground(): void {
    this.#sweeping ??= this.sweep()
      // What could not be told is told by a later sweep.
      .catch(() => undefined)
      .finally(() => {
        this.#sweeping = undefined;
      });
  }

  /** Ends what is under way; what was not told stays in the outbox. */
  async close(): Promise<void> {
    this.#ending.abort(new Error('the session ends'));
    await this.#sweeping;
  }
}
