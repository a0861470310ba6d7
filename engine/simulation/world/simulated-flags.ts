import type { Flag, FlagSet, FlagStore } from '../../flags/flag-store.ts';
import { PreconditionFailedError, type Effect } from '../../workflow/fence.ts';
import { Fences } from './fences.ts';

const none: FlagSet = { revision: 'none', flags: [] };

/** The flags of each environment in memory; none at first. */
export class SimulatedFlags implements FlagStore {
  readonly #sets = new Map<string, FlagSet>();
  readonly #fences = new Fences();

  async reach(environment: string): Promise<void> {
    await this.read(environment);
  }

  async read(environment: string): Promise<FlagSet> {
    return this.#sets.get(environment) ?? none;
  }

  async write(environment: string, flags: readonly Flag[], expectedRevision: string, effect: Effect): Promise<FlagSet> {
    this.#fences.take(`flags of ${environment}`, effect);
    const current = await this.read(environment);
    if (current.revision !== expectedRevision) {
      throw new PreconditionFailedError(`flags of ${environment}`, expectedRevision, current.revision);
    }
    if (JSON.stringify(current.flags) === JSON.stringify(flags)) return current;
    const written = { revision: effect.key, flags };
    this.#sets.set(environment, written);
    return written;
  }

  async fence(environment: string, effect: Effect): Promise<void> {
    this.#fences.take(`flags of ${environment}`, effect);
  }
}
