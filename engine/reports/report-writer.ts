import { counted } from '../wording/counted.ts';
import type { ServiceStore } from '../store/service-store.ts';
import type { DueReport } from '../store/report-store.ts';
import type { DocumentStore } from '../storage/document-store.ts';
import { StaleFenceError } from '../workflow/fence.ts';
import { buildReport } from './build-report.ts';
import { keepReport, reportRule } from './keep-report.ts';
import { readReportFacts, type ReportQueries } from './report-facts.ts';

type Store = Pick<ServiceStore, 'load' | 'loadRelease' | 'reports'> & ReportQueries;

const batchSize = 20;
const leaseSeconds = 60;

/**
 * Writes the report of every promotion that has ended, by whatever way: also of those that ended without having run a
 * step, and again when something was noted afterwards. Writing it twice is writing it once; a report that cannot be
 * written is tried again later, and holds nothing else up.
 */
export class ReportWriter {
  readonly #store: Store;
  readonly #documents: Pick<DocumentStore, 'write'>;
  readonly #stateVersion: number;

  /** @param stateVersion of this engine; what a newer one ended is left to it. */
  constructor(store: Store, documents: Pick<DocumentStore, 'write'>, stateVersion: number) {
    this.#store = store;
    this.#documents = documents;
    this.#stateVersion = stateVersion;
  }

  /** @returns how many were written. @throws AggregateError after all others, when some could not be. */
  async sweep(signal: AbortSignal): Promise<number> {
    let written = 0;
    const failures: unknown[] = [];
    for (const due of await this.#store.reports.takeDue(batchSize, leaseSeconds, this.#stateVersion)) {
      try {
        await this.#write(due, signal);
        written += 1;
      } catch (error) {
        // Whoever is ahead of this one writes it.
        if (!(error instanceof StaleFenceError)) failures.push(error);
      }
    }
    if (failures.length > 0) {
      const reports = counted(failures.length, 'report was', 'reports were');
      throw new AggregateError(failures, `${reports} not written`);
    }
    return written;
  }

  async #write(due: DueReport, signal: AbortSignal): Promise<void> {
    const { promotionId, fence } = due;
    const promotion = await this.#store.load(promotionId);
    const release = promotion === undefined ? undefined : await this.#store.loadRelease(promotion.releaseId);
    if (promotion === undefined || release === undefined) throw new Error(`${promotionId} is not in the store`);
    const entries = promotion.eventSeq;
    if (!reportRule(promotion).isKept) {
      await this.#store.reports.settle(due, { entries, location: undefined });
      return;
    }
    const report = buildReport(await readReportFacts(this.#store, promotion, release));
    const effect = { key: `${promotionId}:report`, fence, signal };
    const location = await keepReport(this.#documents, promotion, report, effect);
    await this.#store.reports.settle(due, { entries, location });
  }
}
