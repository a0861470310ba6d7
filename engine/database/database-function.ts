import type {
  HealthResponse,
  ProgressResponse,
  SchemaResponse,
  TableContents,
} from '../contract/database-function-api.ts';
import type { Migration } from '../release.ts';
import type { Effect } from '../workflow/fence.ts';

export interface AppliedMigration {
  readonly version: number;
  readonly name: string;
  readonly kind: 'expand' | 'contract';
  readonly checksum: string;
  readonly appliedAt: Date;
}

export interface DatabaseState {
  /** The highest applied version; 0 when none. */
  readonly schemaVersion: number;
  readonly applied: readonly AppliedMigration[];
  /** A migration that was started outside a transaction and has no recorded end. */
  readonly unfinished: readonly number[];
  /** SHA-256 of the schema as pg_dump prints it. */
  readonly schemaHash: string;
}

export interface MigrationPlan {
  readonly pending: readonly {
    readonly version: number;
    readonly name: string;
    readonly kind: 'expand' | 'contract';
    readonly transactional: boolean;
    readonly statements: readonly string[];
  }[];
  /** Applied here with other bytes than the release carries; nothing runs until a person has looked. */
  readonly checksumMismatches: readonly number[];
}

export interface DatabaseExtensions {
  readonly installed: readonly { readonly name: string; readonly version: string }[];
  /** What the server could install into the database, the installed ones among them. */
  readonly available: readonly string[];
}

/** Whether a database answers, how fast, and which tables it has. */
export type DatabaseHealth = HealthResponse;

/** How far the changes of a database have come. */
export type DatabaseProgress = ProgressResponse;

export type { TableContents };

/** What a back-up would meet. */
export interface DatabaseReadiness {
  readonly databaseBytes: number;
  /** Space that is left where back-ups go. */
  readonly freeBytes: number;
}

export interface DatabaseBackup {
  readonly id: string;
  /** On the engine's clock, which its age is told by. */
  readonly takenAt: Date;
  readonly rows: number;
  readonly bytes: number;
  readonly tables: number;
  readonly schemaVersion: number;
}

/**
 * The database-migration function, as the engine sees it. Databases are named; the function alone knows how to connect
 * (design, section 7). Every write is idempotent by the effect's key and refused under a lower fence.
 */
export interface DatabaseFunction {
  state(database: string, signal: AbortSignal): Promise<DatabaseState>;
  extensions(database: string, signal: AbortSignal): Promise<DatabaseExtensions>;
  health(database: string, signal: AbortSignal): Promise<DatabaseHealth>;
  /** The SQL that makes its schema, as pg_dump prints it, and its hash. */
  schema(database: string, signal: AbortSignal): Promise<SchemaResponse>;
  /** How many rows tables have, and a checksum over them, all under one snapshot. Only reads, for a limited time. */
  contents(database: string, tables: readonly string[], signal: AbortSignal): Promise<readonly TableContents[]>;
  /** @throws when the database does not answer, or no back-up of it could be written. */
  readiness(database: string, signal: AbortSignal): Promise<DatabaseReadiness>;
  /** While another call changes the database: which statement runs. Only reads. */
  progress(database: string, signal: AbortSignal): Promise<DatabaseProgress>;
  plan(database: string, migrations: readonly Migration[], signal: AbortSignal): Promise<MigrationPlan>;
  /** Applies the pending ones of the given, in order. @throws StaleFenceError */
  migrate(
    database: string,
    migrations: readonly Migration[],
    effect: Effect,
  ): Promise<{ readonly applied: readonly number[]; readonly longestLockMs: number }>;
  /** Runs the down files of the given versions, newest first. @throws StaleFenceError */
  revert(
    database: string,
    migrations: readonly Migration[],
    effect: Effect,
  ): Promise<{ readonly reverted: readonly number[] }>;
  backUp(database: string, effect: Effect): Promise<DatabaseBackup>;
  /** Removes a backup that is not kept any longer; one that is gone already is gone. */
  discardBackUp(database: string, backupId: string, signal: AbortSignal): Promise<void>;
  /** Puts a backup's rows and schema back; whatever was written since is lost. @throws StaleFenceError */
  restore(database: string, backupId: string, effect: Effect): Promise<{ readonly rows: number }>;
  /** Takes the database's fence without changing anything else. */
  fence(database: string, effect: Effect): Promise<void>;
}
