import type {
  AppliedMigration,
  DatabaseBackup,
  DatabaseExtensions,
  DatabaseFunction,
  DatabaseHealth,
  DatabaseProgress,
  DatabaseReadiness,
  DatabaseState,
  MigrationPlan,
  TableContents,
} from '../../engine/database/database-function.ts';
import type { Migration } from '../../engine/release.ts';
import { StaleFenceError, type Effect } from '../../engine/workflow/fence.ts';

/** The migration function of one database: it keeps the promises of its port and writes down every effect. */
export class MemoryDatabase implements DatabaseFunction {
  readonly effects: string[] = [];
  readonly #backups = new Map<string, DatabaseBackup>();
  readonly #restored = new Set<string>();
  #applied: readonly AppliedMigration[] = [];
  #highest = -1;

  /** Another database that is as this one is now. */
  clone(): MemoryDatabase {
    const copy = new MemoryDatabase();
    copy.effects.push(...this.effects);
    for (const [key, backup] of this.#backups) copy.#backups.set(key, backup);
    for (const key of this.#restored) copy.#restored.add(key);
    copy.#applied = this.#applied;
    copy.#highest = this.#highest;
    return copy;
  }

  async state(): Promise<DatabaseState> {
    const schemaVersion = Math.max(0, ...this.#applied.map(({ version }) => version));
    return { schemaVersion, applied: this.#applied, unfinished: [], schemaHash: String(schemaVersion) };
  }

  async extensions(): Promise<DatabaseExtensions> {
    return { installed: [{ name: 'plpgsql', version: '1.0' }], available: ['pgcrypto', 'plpgsql'] };
  }

  async health(): Promise<DatabaseHealth> {
    const { schemaVersion, unfinished } = await this.state();
    return { connectMs: 3, queryMs: 1, sizeBytes: 8_000_000, schemaVersion, unfinished: [...unfinished], tables: [] };
  }

  async schema(): Promise<{ readonly sql: string; readonly hash: string }> {
    const { schemaHash } = await this.state();
    return { sql: `-- schema ${schemaHash}\n`, hash: schemaHash };
  }

  async contents(_: string, tables: readonly string[]): Promise<readonly TableContents[]> {
    return tables.map((table) => ({ kind: 'missing', table }));
  }

  async readiness(): Promise<DatabaseReadiness> {
    return { databaseBytes: 1000, freeBytes: 1_000_000_000 };
  }

  async discardBackUp(_: string, backupId: string): Promise<void> {
    for (const [key, { id }] of this.#backups) {
      if (id === backupId && this.#backups.delete(key)) this.effects.push(`discard ${backupId}`);
    }
  }

  async progress(): Promise<DatabaseProgress> {
    return { applied: this.#applied.map(({ version }) => version), running: null };
  }

  async plan(_: string, migrations: readonly Migration[]): Promise<MigrationPlan> {
    const known = new Map(this.#applied.map((each) => [each.version, each.checksum]));
    return {
      pending: migrations
        .filter(({ version }) => !known.has(version))
        .map(({ version, name, kind, transactional, up }) => ({
          version,
          name,
          kind,
          transactional,
          statements: [up],
        })),
      checksumMismatches: migrations
        .filter(({ version, checksum }) => known.has(version) && known.get(version) !== checksum)
        .map(({ version }) => version),
    };
  }

  async migrate(database: string, migrations: readonly Migration[], effect: Effect) {
    await this.fence(database, effect);
    const { pending } = await this.plan(database, migrations);
    const fresh = migrations.filter(({ version }) => pending.some((each) => each.version === version));
    this.#applied = [
      ...this.#applied,
      ...fresh.map(({ version, name, kind, checksum }) => ({ version, name, kind, checksum, appliedAt: new Date(0) })),
    ];
    this.effects.push(...fresh.map(({ version }) => `up ${String(version)}`));
    return { applied: fresh.map(({ version }) => version), longestLockMs: 3.2 };
  }

  async revert(database: string, migrations: readonly Migration[], effect: Effect) {
    await this.fence(database, effect);
    const versions = migrations
      .map(({ version }) => version)
      .filter((version) => this.#applied.some((each) => each.version === version));
    const reverted = versions.toSorted((a, b) => b - a);
    this.#applied = this.#applied.filter(({ version }) => !reverted.includes(version));
    this.effects.push(...reverted.map((version) => `down ${String(version)}`));
    return { reverted };
  }

  async backUp(database: string, effect: Effect): Promise<DatabaseBackup> {
    await this.fence(database, effect);
    const made = this.#backups.get(effect.key);
    if (made !== undefined) return made;
    const { schemaVersion } = await this.state();
    const backup = {
      id: `backup-of-${effect.key}`,
      takenAt: new Date(0),
      rows: 1204,
      bytes: 99,
      tables: 3,
      schemaVersion,
    };
    this.#backups.set(effect.key, backup);
    this.effects.push('back up');
    return backup;
  }

  /** Puts back once for each key, however often it is asked. */
  async restore(database: string, backupId: string, effect: Effect) {
    await this.fence(database, effect);
    const kept = [...this.#backups.values()].find(({ id }) => id === backupId);
    if (kept === undefined) throw new Error(`there is no backup ${backupId}`);
    if (!this.#restored.has(effect.key)) {
      this.#restored.add(effect.key);
      this.#applied = this.#applied.filter(({ version }) => version <= kept.schemaVersion);
      this.effects.push(`restore ${backupId}`);
    }
    return { rows: kept.rows };
  }

  async fence(database: string, effect: Effect): Promise<void> {
    if (effect.fence < this.#highest) throw new StaleFenceError(database, effect.fence, this.#highest);
    this.#highest = effect.fence;
  }
}
