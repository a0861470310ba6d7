import { z } from 'zod';
import type { Rules } from '../rules/schema.ts';
import { fillTemplate } from '../rules/templates.ts';
import type { ServiceStore } from '../store/service-store.ts';
import { keptBackUpFolder, metricsDocument } from '../steps/back-up-folder.ts';
import type { Clock } from '../workflow/clock.ts';
import type { Ports } from '../workflow/ports.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { isEndState } from '../workflow/state.ts';

const dayMs = 86_400_000;
const patienceMs = 60_000;

const outputSchema = z.looseObject({ databaseBackup: z.string().nullish() });

/** A back-up that was removed, by the promotion that had taken it. */
export interface RemovedBackUp {
  readonly promotionId: string;
  readonly environment: string;
}

/**
 * Removes back-ups that are older than the rules keep them (`retention.backupsDays`), and of those that stay the snapshots
 * of metrics that are older than these are kept (`retention.metricsDays`). What an environment would go back to next is
 * kept however old it is, and so is that of whatever has not ended; their snapshots are not.
 */
export class BackUpRetention {
  readonly #store: Pick<ServiceStore, 'environments' | 'load'>;
  readonly #ports: Pick<Ports, 'database' | 'documents'>;
  readonly #rules: { current(): Promise<Rules> };
  readonly #clock: Clock;

  constructor(
    store: Pick<ServiceStore, 'environments' | 'load'>,
    ports: Pick<Ports, 'database' | 'documents'>,
    rules: { current(): Promise<Rules> },
    clock: Clock,
  ) {
    this.#store = store;
    this.#ports = ports;
    this.#rules = rules;
    this.#clock = clock;
  }

  async sweep(): Promise<readonly RemovedBackUp[]> {
    const { locations, retention, applications, environments } = await this.#rules.current();
    if (locations.backups.includes('://')) return [];
    const daysAgo = (days: number): Date => new Date(this.#clock.now().getTime() - days * dayMs);
    const before = daysAgo(retention.backupsDays);
    const needed = await this.#needed();
    const removed: RemovedBackUp[] = [];
    const seen = new Set<string>();
    for (const { name: app } of applications) {
      for (const { name: env } of environments) {
        const folder = fillTemplate(locations.backups, { app, env });
        if (seen.has(folder)) continue;
        seen.add(folder);
        removed.push(...(await this.#sweepFolder(folder, before, needed)));
        await this.#sweepMetrics(folder, daysAgo(retention.metricsDays));
      }
    }
    return removed;
  }

  /** The promotions that rollbacks would take back now. */
  async #needed(): Promise<ReadonlySet<string>> {
    const states = await this.#store.environments();
    return new Set(states.flatMap(({ promotionId, slotHeldBy }) => [promotionId ?? [], slotHeldBy ?? []].flat()));
  }

  async #sweepFolder(folder: string, before: Date, needed: ReadonlySet<string>): Promise<readonly RemovedBackUp[]> {
    const { documents } = this.#ports;
    const removed: RemovedBackUp[] = [];
    for (const { name, changedAt } of await documents.folders(folder, AbortSignal.timeout(patienceMs))) {
      if (changedAt >= before || needed.has(name)) continue;
      const record = await this.#store.load(name);
      // What somebody else keeps there is none of ours.
      if (record === undefined || !isEndState(record.state)) continue;
      const takenAt = record.steps.find((step) => step.name === 'back-up')?.finishedAt;
      if (takenAt === undefined || takenAt >= before) continue;
      await this.#remove(record);
      removed.push({ promotionId: record.id, environment: record.toEnvironment });
    }
    return removed;
  }

  async #sweepMetrics(folder: string, before: Date): Promise<void> {
    const { documents } = this.#ports;
    const signal = AbortSignal.timeout(patienceMs);
    for (const { name, changedAt } of await documents.folders(folder, signal)) {
      if (changedAt >= before) continue;
      const record = await this.#store.load(name);
      // What somebody else keeps there is none of ours.
      if (record === undefined || !isEndState(record.state)) continue;
      await documents.removeDocument(keptBackUpFolder(record, record.id), metricsDocument, signal);
    }
  }

  /** The documents last: as long as they are there, the rest is looked for again. */
  async #remove(record: PromotionRecord): Promise<void> {
    const { database } = record.definition.target;
    const output = outputSchema.safeParse(record.steps.find(({ name }) => name === 'back-up')?.output);
    const kept = output.success ? output.data.databaseBackup : undefined;
    const signal = AbortSignal.timeout(patienceMs);
    if (database !== undefined && typeof kept === 'string') {
      await this.#ports.database.discardBackUp(database, kept, signal);
    }
    await this.#ports.documents.remove(keptBackUpFolder(record, record.id), signal);
  }
}
