import { z } from 'zod';
import { gitFailureOf, type GitFailure } from '../../configuration/git-error.ts';

/** What one error of a chain of causes says about its kind. */
export interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  /** A system, TLS or library code (`ECONNREFUSED`), or a code of the database function (`lock-timeout`). */
  readonly code: string | undefined;
  /** `spawn`, `connect`, …, for system errors. */
  readonly syscall: string | undefined;
  readonly httpStatus: number | undefined;
  /** Whether the answer came from a registry's distribution API. */
  readonly isFromRegistry: boolean;
  /** A code of the OCI distribution specification: `MANIFEST_UNKNOWN`. */
  readonly registryCode: string | undefined;
  /** Postgres' five-character code. */
  readonly sqlState: string | undefined;
  /** The reason of a Kubernetes Status: `Forbidden`. */
  readonly kubernetesReason: string | undefined;
  readonly gitFailure: GitFailure | undefined;
}

const kubernetesStatusSchema = z.object({
  kind: z.literal('Status'),
  reason: z.string(),
  message: z.string().optional(),
});

const REGISTRY_CODE =
  /"code"\s*:\s*"(BLOB_UNKNOWN|BLOB_UPLOAD_INVALID|BLOB_UPLOAD_UNKNOWN|DIGEST_INVALID|MANIFEST_BLOB_UNKNOWN|MANIFEST_INVALID|MANIFEST_UNKNOWN|NAME_INVALID|NAME_UNKNOWN|SIZE_INVALID|UNAUTHORIZED|DENIED|UNSUPPORTED|TOOMANYREQUESTS)"/;

/** Reads the facts off anything that was thrown; what it throws itself when looked at counts as absent. */
export function factsOf(thrown: unknown): ErrorFacts {
  const name = text(thrown, 'name') ?? '';
  const code = text(thrown, 'code');
  const status = kubernetesStatusOf(thrown);
  const message = (typeof thrown === 'string' ? thrown : undefined) ?? text(thrown, 'message') ?? status?.message ?? '';
  const body = text(thrown, 'bodyExcerpt') ?? text(thrown, 'body') ?? '';
  return {
    name,
    message: message === '' && !(thrown instanceof Error) ? shown(thrown) : message,
    code,
    syscall: text(thrown, 'syscall'),
    httpStatus: httpStatusOf(thrown),
    isFromRegistry: /^https?:\/\/[^/]+\/v2\//.test(text(thrown, 'url') ?? ''),
    registryCode: REGISTRY_CODE.exec(body)?.[1],
    sqlState: text(thrown, 'sqlState') ?? sqlStateOf(thrown, code),
    kubernetesReason: status?.reason,
    gitFailure: gitFailure(thrown, name, message),
  };
}

/** The errors behind an error, in the order in which they are to be asked. */
export function causesOf(thrown: unknown): readonly unknown[] {
  const cause = property(thrown, 'cause');
  return cause === undefined || cause === null ? [] : [cause];
}

/** The errors that happened side by side and were thrown as one. */
export function siblingsOf(thrown: unknown): readonly unknown[] {
  const errors = property(thrown, 'errors');
  return thrown instanceof AggregateError && Array.isArray(errors) ? errors : [];
}

function property(thrown: unknown, key: string): unknown {
  if (typeof thrown !== 'object' || thrown === null) {
    return undefined;
  }
  try {
    return Reflect.get(thrown, key);
  } catch {
    return undefined;
  }
}

function text(thrown: unknown, key: string): string | undefined {
  const value = property(thrown, key);
  return typeof value === 'string' ? value : undefined;
}

function shown(thrown: unknown): string {
  try {
    return (typeof thrown === 'object' ? JSON.stringify(thrown) : undefined) ?? String(thrown);
  } catch {
    return 'something that cannot be shown was thrown';
  }
}

function httpStatusOf(thrown: unknown): number | undefined {
  for (const key of ['status', 'statusCode']) {
    const value = property(thrown, key);
    if (typeof value === 'number' && value >= 300 && value <= 599) {
      return value;
    }
  }
  return undefined;
}

/** `pg` puts it into `code`, where `EPERM` would look the same; only the server's errors have a severity. */
function sqlStateOf(thrown: unknown, code: string | undefined): string | undefined {
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && text(thrown, 'severity') !== undefined ? code : undefined;
}

function kubernetesStatusOf(thrown: unknown): z.infer<typeof kubernetesStatusSchema> | undefined {
  const body = property(thrown, 'body') ?? property(thrown, 'bodyExcerpt');
  for (const candidate of [thrown, typeof body === 'string' ? parseJson(body) : body]) {
    const result = kubernetesStatusSchema.safeParse({
      kind: property(candidate, 'kind'),
      reason: property(candidate, 'reason'),
      message: text(candidate, 'message'),
    });
    if (result.success) {
      return result.data;
    }
  }
  return undefined;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function gitFailure(thrown: unknown, name: string, message: string): GitFailure | undefined {
  if (name === 'GitError') {
    return (property(thrown, 'failure') as GitFailure | undefined) ?? 'other';
  }
  return /(?:^|\n)\s*(?:fatal|remote|error): |! \[(?:remote )?rejected\]/.test(message)
    ? gitFailureOf(message)
    : undefined;
}
