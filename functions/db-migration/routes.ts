import type { z } from 'zod';
import {
  backupRequestSchema,
  contentsRequestSchema,
  databaseNameSchema,
  discardRequestSchema,
  fenceRequestSchema,
  migrateRequestSchema,
  planRequestSchema,
  restoreRequestSchema,
  revertRequestSchema,
  schemaRequestSchema,
} from '../../engine/contract/database-function-api.ts';
import { discardBackup } from './backups/discard-backup.ts';
import { restoreBackup } from './backups/restore-backup.ts';
import { takeBackup } from './backups/take-backup.ts';
import { applyMigrations } from './changes/apply-migrations.ts';
import { planMigrations } from './changes/plan-migrations.ts';
import { readProgress } from './changes/read-progress.ts';
import { revertMigrations } from './changes/revert-migrations.ts';
import type { CallContext } from './context.ts';
import { FunctionError } from './function-error.ts';
import { raiseFence } from './raise-fence.ts';
import { readContents } from './contents/read-contents.ts';
import { readHealth } from './contents/read-health.ts';
import { readExtensions } from './read-extensions.ts';
import { readReadiness } from './read-readiness.ts';
import { readState } from './read-state.ts';
import { readSchema } from './schema/read-schema.ts';

type Operation = (context: CallContext, body: unknown) => Promise<object>;

interface Route {
  readonly method: 'GET' | 'POST';
  readonly operation: Operation;
}

/**
 * @param path the URL's path, percent-encoding included; no valid name needs any
 * @throws FunctionError `not-found`, `method-not-allowed`, `invalid-request`
 */
export function findRoute(method: string, path: string): Operation {
  const inDatabase = /^\/databases\/([^/]+)\/([^/]+)$/.exec(path);
  const route = inDatabase === null ? TOP_ROUTES.get(path) : databaseRoute(inDatabase[1] ?? '', inDatabase[2] ?? '');
  if (route === undefined) throw new FunctionError('not-found', 'There is nothing at this path.');
  if (route.method !== method) throw new FunctionError('method-not-allowed', `This path answers ${route.method} only.`);
  return route.operation;
}

const TOP_ROUTES: ReadonlyMap<string, Route> = new Map([
  ['/backups', { method: 'POST', operation: withBody(backupRequestSchema, takeBackup) }],
  ['/backups/discard', { method: 'POST', operation: withBody(discardRequestSchema, discardBackup) }],
  ['/restore', { method: 'POST', operation: withBody(restoreRequestSchema, restoreBackup) }],
  ['/schema', { method: 'POST', operation: withBody(schemaRequestSchema, readSchema) }],
]);

function databaseRoute(name: string, action: string): Route | undefined {
  const post = <T>(
    schema: z.ZodType<T>,
    work: (context: CallContext, database: string, request: T) => Promise<object>,
  ): Route => ({
    method: 'POST',
    operation: async (context, body) => await work(context, parse(databaseNameSchema, name), parse(schema, body)),
  });
  switch (action) {
    case 'state':
      return { method: 'GET', operation: (context) => readState(context, parse(databaseNameSchema, name)) };
    case 'health':
      return { method: 'GET', operation: (context) => readHealth(context, parse(databaseNameSchema, name)) };
    case 'contents':
      return post(contentsRequestSchema, readContents);
    case 'extensions':
      return { method: 'GET', operation: (context) => readExtensions(context, parse(databaseNameSchema, name)) };
    case 'readiness':
      return { method: 'GET', operation: (context) => readReadiness(context, parse(databaseNameSchema, name)) };
    case 'progress':
      return { method: 'GET', operation: (context) => readProgress(context, parse(databaseNameSchema, name)) };
    case 'plan':
      return post(planRequestSchema, planMigrations);
    case 'migrations':
      return post(migrateRequestSchema, applyMigrations);
    case 'reversions':
      return post(revertRequestSchema, revertMigrations);
    case 'fence':
      return post(fenceRequestSchema, raiseFence);
    default:
      return undefined;
  }
}

function withBody<T>(schema: z.ZodType<T>, work: (context: CallContext, request: T) => Promise<object>): Operation {
  return async (context, body) => await work(context, parse(schema, body));
}

const MENTIONED_ISSUES = 5;

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .slice(0, MENTIONED_ISSUES)
    .map((issue) => `${issue.path.length === 0 ? 'request' : issue.path.join('.')}: ${issue.message}`);
  throw new FunctionError('invalid-request', issues.join('; '));
}
