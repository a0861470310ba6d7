import type {
  DatabaseBackup,
  DatabaseExtensions,
  DatabaseFunction,
  DatabaseHealth,
  DatabaseProgress,
  DatabaseReadiness,
  DatabaseState,
  MigrationPlan,
  TableContents,
} from '../../database/database-function.ts';
import type { Clock } from '../../workflow/clock.ts';
import type { Effect } from '../../workflow/fence.ts';
import { Fences } from './fences.ts';

/** Databases that answer and hold no schema; releases of a simulation bring no migrations. */
export class SimulatedDatabase implements DatabaseFunction {
  readonly #clock: Clock;
  readonly #fences = new Fences();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async state(): Promise<DatabaseState> {
    return { schemaVersion: 0, applied: [], unfinished: [], schemaHash: 'simulated' };
  }

  async extensions(): Promise<DatabaseExtensions> {
    return { installed: [], available: [] };
  }

  async health(): Promise<DatabaseHealth> {
    return { connectMs: 1, queryMs: 1, sizeBytes: 0, schemaVersion: 0, unfinished: [], tables: [] };
  }

  async schema(): Promise<{ readonly sql: string; readonly hash: string }> {
    return { sql: '', hash: 'simulated' };
  }

  async contents(_: string, tables: readonly string[]): Promise<readonly TableContents[]> {
    return tables.map((table) => ({ kind: 'missing', table }));
  }

  async readiness(): Promise<DatabaseReadiness> {
    return { databaseBytes: 0, freeBytes: 1_000_000_000_000 };
  }

  async discardBackUp(): Promise<void> {
    // None is kept.
  }

  async progress(): Promise<DatabaseProgress> {
    return { applied: [], running: null };
  }

  async plan(): Promise<MigrationPlan> {
    return { pending: [], checksumMismatches: [] };
  }

  async migrate(database: string, _: unknown, effect: Effect) {
    await this.fence(database, effect);
    return { applied: [], longestLockMs: 0 };
  }

  async revert(database: string, _: unknown, effect: Effect) {
    await this.fence(database, effect);
    return { reverted: [] };
  }

  async backUp(database: string, effect: Effect): Promise<DatabaseBackup> {
    await this.fence(database, effect);
    return { id: effect.key, takenAt: this.#clock.now(), rows: 0, bytes: 0, tables: 0, schemaVersion: 0 };
  }

  async restore(database: string, _: string, effect: Effect) {
    await this.fence(database, effect);
    return { rows: 0 };
  }

  async fence(database: string, effect: Effect): Promise<void> {
    this.#fences.take(`database ${database}`, effect);
  }
}
