import { appendFile } from 'node:fs/promises';
import type { ReportWriter } from '../../engine/reports/report-writer.ts';
import type { LocalFolders } from './local-folders.ts';
import { causeText } from '../../engine/wording/cause-text.ts';

const sweepTimeoutMs = 30_000;

/** Has the reports of what has ended written. One that cannot be is in the log, is tried again, and stops nothing else. */
export class LocalReports {
  readonly #folders: LocalFolders;
  readonly #writer: ReportWriter;

  constructor(folders: LocalFolders, writer: ReportWriter) {
    this.#folders = folders;
    this.#writer = writer;
  }

  async write(): Promise<void> {
    try {
      await this.#writer.sweep(AbortSignal.timeout(sweepTimeoutMs));
    } catch (error) {
      const causes = error instanceof AggregateError ? error.errors : [error];
      const at = new Date().toISOString();
      const lines = causes.map((cause) => `${at} report: ${causeText(cause)}\n`);
      await appendFile(this.#folders.log, lines.join(''), { mode: 0o600 }).catch(() => undefined);
    }
  }
}
