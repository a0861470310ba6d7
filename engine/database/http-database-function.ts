import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import {
  backupResponseSchema,
  contentsResponseSchema,
  databaseFunctionPaths,
  discardResponseSchema,
  extensionsResponseSchema,
  fenceResponseSchema,
  healthResponseSchema,
  migrateResponseSchema,
  planResponseSchema,
  progressResponseSchema,
  problemSchema,
  readinessResponseSchema,
  restoreResponseSchema,
  revertResponseSchema,
  schemaResponseSchema,
  stateResponseSchema,
} from '../contract/database-function-api.ts';
import type { SchemaResponse, WireMigration } from '../contract/database-function-api.ts';
import type { Migration } from '../release.ts';
import { StaleFenceError } from '../workflow/fence.ts';
import type { Effect } from '../workflow/fence.ts';
import { DatabaseFunctionAwayError, DatabaseFunctionError } from './database-function-error.ts';
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
} from './database-function.ts';

export interface HttpDatabaseFunctionOptions {
  /**
   * Where the function answers, without a trailing path: `http://127.0.0.1:8081`. A function is asked before each call: one
   * that was started again may answer elsewhere, and undefined is one that was never started.
   */
  readonly url: string | (() => Promise<string | undefined>);
  /**
   * How long a call waits for somebody to answer. Who promotes is patient: that the function is away says nothing about
   * the release, and nothing was done yet. Default 0, for who only looks.
   */
  readonly patienceSeconds?: number;
  /**
   * How far the engine's clock is ahead of that of the databases, asked for each time that they tell: whoever moved the one
   * reads times of the other on it. Default: not at all.
   */
  readonly aheadSeconds?: () => number;
  /** Asked before each call, so that a rotated token works at once. */
  readonly callerToken: () => Promise<string>;
  /** Default: the global fetch. */
  readonly fetch?: typeof fetch;
}

/**
 * Speaks to the database-migration function over HTTP. What the function refuses is a DatabaseFunctionError, or a
 * StaleFenceError; when nobody answers it is a DatabaseFunctionAwayError; what else the network does passes through as
 * fetch threw it.
 */
export class HttpDatabaseFunction implements DatabaseFunction {
  readonly #url: () => Promise<string | undefined>;
  readonly #aheadSeconds: () => number;
  readonly #patienceMs: number;
  readonly #callerToken: () => Promise<string>;
  readonly #fetch: typeof fetch;

  constructor(options: HttpDatabaseFunctionOptions) {
    const { url } = options;
    this.#url = typeof url === 'string' ? async () => url : url;
    this.#patienceMs = (options.patienceSeconds ?? 0) * 1000;
    this.#callerToken = options.callerToken;
    this.#aheadSeconds = options.aheadSeconds ?? (() => 0);
    this.#fetch = options.fetch ?? fetch;
  }

  async state(database: string, signal: AbortSignal): Promise<DatabaseState> {
    const state = await this.#call(stateResponseSchema, {
      method: 'GET',
      path: databaseFunctionPaths.state(database),
      signal,
    });
    return {
      ...state,
      applied: state.applied.map((migration) => ({ ...migration, appliedAt: new Date(migration.appliedAt) })),
    };
  }

  async extensions(database: string, signal: AbortSignal): Promise<DatabaseExtensions> {
    const path = databaseFunctionPaths.extensions(database);
    return await this.#call(extensionsResponseSchema, { method: 'GET', path, signal });
  }

  async health(database: string, signal: AbortSignal): Promise<DatabaseHealth> {
    return await this.#call(healthResponseSchema, {
      method: 'GET',
      path: databaseFunctionPaths.health(database),
      signal,
    });
  }

  async schema(database: string, signal: AbortSignal): Promise<SchemaResponse> {
    const path = databaseFunctionPaths.schema;
    return await this.#call(schemaResponseSchema, { method: 'POST', path, body: { database }, signal });
  }

  async contents(database: string, tables: readonly string[], signal: AbortSignal): Promise<readonly TableContents[]> {
    if (tables.length === 0) return [];
    const path = databaseFunctionPaths.contents(database);
    return (await this.#call(contentsResponseSchema, { method: 'POST', path, body: { tables }, signal })).tables;
  }

  async readiness(database: string, signal: AbortSignal): Promise<DatabaseReadiness> {
    const path = databaseFunctionPaths.readiness(database);
    return await this.#call(readinessResponseSchema, { method: 'GET', path, signal });
  }

  async plan(database: string, migrations: readonly Migration[], signal: AbortSignal): Promise<MigrationPlan> {
    const path = databaseFunctionPaths.plan(database);
    const body = { migrations: migrations.map(toWire) };
    return await this.#call(planResponseSchema, { method: 'POST', path, body, signal });
  }

  async progress(database: string, signal: AbortSignal): Promise<DatabaseProgress> {
    const path = databaseFunctionPaths.progress(database);
    return await this.#call(progressResponseSchema, { method: 'GET', path, signal });
  }

  async migrate(
    database: string,
    migrations: readonly Migration[],
    effect: Effect,
  ): Promise<{ readonly applied: readonly number[]; readonly longestLockMs: number }> {
    const path = databaseFunctionPaths.migrations(database);
    return await this.#effect(migrateResponseSchema, database, path, effect, { migrations: migrations.map(toWire) });
  }

  async revert(
    database: string,
    migrations: readonly Migration[],
    effect: Effect,
  ): Promise<{ readonly reverted: readonly number[] }> {
    const path = databaseFunctionPaths.reversions(database);
    return await this.#effect(revertResponseSchema, database, path, effect, { migrations: migrations.map(toWire) });
  }

  async backUp(database: string, effect: Effect): Promise<DatabaseBackup> {
    const path = databaseFunctionPaths.backups;
    const backup = await this.#effect(backupResponseSchema, database, path, effect, { database });
    return { ...backup, takenAt: new Date(Date.parse(backup.takenAt) + this.#aheadSeconds() * 1000) };
  }

  async discardBackUp(database: string, backupId: string, signal: AbortSignal): Promise<void> {
    const call = { method: 'POST', path: databaseFunctionPaths.discard, body: { database, backupId }, signal } as const;
    await this.#call(discardResponseSchema, call);
  }

  async restore(database: string, backupId: string, effect: Effect): Promise<{ readonly rows: number }> {
    const path = databaseFunctionPaths.restore;
    return await this.#effect(restoreResponseSchema, database, path, effect, { database, backupId });
  }

  async fence(database: string, effect: Effect): Promise<void> {
    await this.#effect(fenceResponseSchema, database, databaseFunctionPaths.fence(database), effect, {});
  }

  /**
   * fetch waits five minutes for an answer, a migration may take an hour. The call is repeated under the same key: it
   * then waits for the one that is still running, and answers what that one did.
   */
  async #effect<T>(schema: z.ZodType<T>, database: string, path: string, effect: Effect, body: object): Promise<T> {
    const { key, fence, signal } = effect;
    let stillRunning = false;
    for (;;) {
      try {
        return await this.#call(schema, { method: 'POST', path, body: { ...body, key, fence }, signal });
      } catch (error) {
        if (signal.aborted) throw error;
        if (error instanceof StaleAnswer) throw new StaleFenceError(`database ${database}`, fence, error.highest);
        if (gaveUpWaiting(error)) stillRunning = true;
        else if (!(stillRunning && error instanceof DatabaseFunctionError && error.code === 'database-busy'))
          throw error;
      }
    }
  }

  async #reach(path: string, request: RequestInit & { readonly signal: AbortSignal }): Promise<Response> {
    const since = performance.now();
    for (;;) {
      const url = (await this.#url())?.replace(/\/+$/, '');
      try {
        if (url === undefined) throw new DatabaseFunctionAwayError(undefined, 'ECONNREFUSED');
        return await this.#fetch(`${url}${path}`, request);
      } catch (error) {
        const away = awayError(error, url);
        if (away === undefined) throw error;
        if (performance.now() - since >= this.#patienceMs) throw away;
      }
      await pause(lookAgainMs, undefined, { signal: request.signal }).catch(() => {
        request.signal.throwIfAborted();
      });
    }
  }

  async #call<T>(schema: z.ZodType<T>, call: Call): Promise<T> {
    const response = await this.#reach(call.path, {
      method: call.method,
      headers: {
        authorization: `Bearer ${await this.#callerToken()}`,
        accept: 'application/json, application/problem+json',
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      redirect: 'error',
      signal: call.signal,
    });
    const answer = parseJson(await response.text());
    if (!response.ok) throw problemOf(response.status, answer, call);
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new DatabaseFunctionError(
      `The database-migration function answered ${call.method} ${call.path} in an unknown form. Is it of the same version as this engine?`,
      { code: 'unexpected-answer', status: response.status },
    );
  }
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly signal: AbortSignal;
}

/** A stale fence before it is known which call it belongs to. */
class StaleAnswer extends DatabaseFunctionError {
  readonly highest: number;

  constructor(message: string, status: number, highest: number) {
    super(message, { code: 'stale-fence', status });
    this.highest = highest;
  }
}

function problemOf(status: number, answer: unknown, call: Call): DatabaseFunctionError {
  const parsed = problemSchema.safeParse(answer);
  if (!parsed.success) {
    return new DatabaseFunctionError(
      `The database-migration function answered ${call.method} ${call.path} with status ${status} and no explanation.`,
      { code: 'unexpected-answer', status },
    );
  }
  const { code, detail, highest, sqlState, statement } = parsed.data;
  if (code === 'stale-fence' && highest !== undefined) return new StaleAnswer(detail, status, highest);
  return new DatabaseFunctionError(detail, { code, status, sqlState, statement });
}

function toWire(migration: Migration): WireMigration {
  const { version, name, kind, transactional, up, down, checksum } = migration;
  return { version, name, kind, transactional, up, checksum, ...(down === undefined ? {} : { down }) };
}

/** How often it is looked for while it is away. */
const lookAgainMs = 500;

/** Nobody listens there. A connection that was cut off is another matter: what was asked may have been done. */
const awayCodes: readonly string[] = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'];

function awayError(error: unknown, url: string | undefined): DatabaseFunctionAwayError | undefined {
  if (error instanceof DatabaseFunctionAwayError) return error;
  const code = codeOfCause(error);
  return code !== undefined && awayCodes.includes(code) ? new DatabaseFunctionAwayError(url, code, error) : undefined;
}

/** fetch reports its own failures as the cause of a TypeError. */
function codeOfCause(error: unknown): string | undefined {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}

function gaveUpWaiting(error: unknown): boolean {
  return codeOfCause(error) === 'UND_ERR_HEADERS_TIMEOUT';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
