import { counted } from '../engine/wording/counted.ts';
import { rmdirSync } from 'node:fs';
import type { CommandContext } from './command-context.ts';
import { makeNamedFolder, makeNewFolder } from './new-folder.ts';
import type { Session } from './session.ts';

/** A folder of one's own that gets a copy of what a promotion backs up. */
export class BackupCopy {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Made before anything is asked for, so that a place that cannot be used is told in time.
   * @param place a folder, or that there shall be one; undefined: none is wanted.
   * @throws UsageError
   */
  static prepare(
    context: CommandContext,
    place: string | boolean | undefined,
    environment: string,
  ): BackupCopy | undefined {
    if (place === undefined || place === false) return undefined;
    if (typeof place === 'string') return new BackupCopy(makeNewFolder(place));
    return new BackupCopy(makeNamedFolder(context.logFolder, `${environment}-backup`, context.machineClock.now()));
  }

  /** Fills it with what was backed up so far, or removes it when that is nothing; says which. */
  async take(context: CommandContext, session: Session, promotionId: string): Promise<void> {
    const files = await session.copyBackup(promotionId, this.folder);
    if (files.length === 0) {
      this.discard();
      return;
    }
    const { terminal } = context;
    terminal.writeError(`The back-up is in ${this.folder} too: ${counted(files.length, 'file')}\n`);
  }

  /** Only what is empty is removed. */
  discard(): void {
    rmdirSync(this.folder);
  }
}
