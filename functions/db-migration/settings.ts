import { z } from 'zod';

const seconds = (fallback: number) => z.coerce.number().positive().max(3600).default(fallback);

const settingsSchema = z.object({
  CALLER_AUTHENTICATION: z.enum(['token', 'platform']).default('token'),
  K_SERVICE: z.string().min(1).optional(),
  PROMOTION_CALLER_TOKEN_FILE: z.string().optional(),
  DATABASE_SECRETS_DIR: z.string().optional(),
  BACKUPS_DIR: z.string().optional(),
  LOCK_TIMEOUT_SECONDS: seconds(2),
  LOCK_BUDGET_SECONDS: seconds(60),
  BUSY_WAIT_SECONDS: seconds(60),
  READ_TIMEOUT_SECONDS: seconds(60),
});

/** What the function is told by its environment; the defaults are those of the design. */
export interface Settings {
  /** Who lets callers in: the token in a mounted file, or Google Cloud's IAM before a request gets here. Default token. */
  readonly callerAuthentication: 'token' | 'platform';
  readonly callerTokenFile: string | undefined;
  readonly databaseSecretsFolder: string | undefined;
  readonly backupsFolder: string | undefined;
  /** The longest that one attempt of a migration waits for a lock. Default 2. */
  readonly lockTimeoutSeconds: number;
  /** The longest that such attempts are repeated. Default 60. */
  readonly lockBudgetSeconds: number;
  /** The longest that a call waits for another one on the same database. Default 60. */
  readonly busyWaitSeconds: number;
  /** The longest that counting and checksumming one table takes. Default 60. */
  readonly readTimeoutSeconds: number;
}

/** @throws Error naming the variable whose value cannot be used */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const read = settingsSchema.parse(environment);
  // Cloud Run sets K_SERVICE; anywhere else nobody stands before the function.
  if (read.CALLER_AUTHENTICATION === 'platform' && read.K_SERVICE === undefined) {
    throw new Error(
      'CALLER_AUTHENTICATION=platform is for Cloud Run, whose IAM lets callers in. Elsewhere leave it out, and name a file in PROMOTION_CALLER_TOKEN_FILE.',
    );
  }
  return {
    callerAuthentication: read.CALLER_AUTHENTICATION,
    callerTokenFile: read.PROMOTION_CALLER_TOKEN_FILE,
    databaseSecretsFolder: read.DATABASE_SECRETS_DIR,
    backupsFolder: read.BACKUPS_DIR,
    lockTimeoutSeconds: read.LOCK_TIMEOUT_SECONDS,
    lockBudgetSeconds: read.LOCK_BUDGET_SECONDS,
    busyWaitSeconds: read.BUSY_WAIT_SECONDS,
    readTimeoutSeconds: read.READ_TIMEOUT_SECONDS,
  };
}
