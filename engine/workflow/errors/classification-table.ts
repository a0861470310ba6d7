import { contention, failed, permanent, transient, type Classification } from './classification.ts';
import type { ErrorFacts } from './error-facts.ts';
import { classifySqlState } from './postgres-classification.ts';
import {
  classifyHttpStatus,
  databaseFunctionClassifications,
  gitClassifications,
  kubernetesClassifications,
  registryClassifications,
} from './service-classifications.ts';

const outdated = permanent('VALIDATION', 'Use the newer version of Promotion Process that has written this.');
const takenOver = permanent('PERMISSION', 'Nothing to do: a newer run has taken over the promotion.');
const malformed = permanent('VALIDATION', 'Correct the input at the place that the message names.');
const stopped = transient('TIMEOUT', 'Nothing to do: it was stopped before its end and is taken up again.');
const tooSlow = transient('TIMEOUT', 'Find out why it takes so long, or raise its timeout.');

/** Names of error classes: the engine's own, and those of JavaScript that say enough. */
const BY_NAME: Readonly<Record<string, Classification>> = {
  StaleFenceError: takenOver,
  LeaseLostError: takenOver,
  PreconditionFailedError: permanent(
    'VALIDATION',
    'Look at who changed the target meanwhile, then plan the promotion again.',
  ),
  RequirementsNotMetError: permanent('VALIDATION', 'Meet the requirements that the message names, then promote again.'),
  RefusedError: permanent('VALIDATION', 'Do what the message says is possible instead.'),
  NotFoundError: permanent('VALIDATION', 'Correct the name of what the message says does not exist.'),
  NotAuthorizedError: permanent('PERMISSION', 'Ask somebody with the role that the message names.'),
  NewerEngineError: outdated,
  SchemaTooNewError: outdated,
  UnknownStepError: outdated,
  DeploymentFailedError: permanent(
    'DOCKER',
    'Read the service’s own output, correct the release and promote it again.',
  ),
  VerificationFailedError: permanent('VALIDATION', 'Correct what verification found, then promote a new release.'),
  NotMeasuredError: permanent(
    'VALIDATION',
    'Nothing is known against the release: give it more traffic or a longer canary, or bring the load test that was waited for, then promote it again.',
  ),
  LossNotAcceptedError: permanent(
    'VALIDATION',
    'Look at what would be lost, then try again with --accept-loss, or put the back-up back with --restore-database.',
  ),
  NoReleaseToReturnToError: permanent('VALIDATION', 'Promote a release that is known to be good by hand.'),
  ActionFailedError: failed('VALIDATION', 'Read what it printed or answered in the log, correct it and promote again.'),
  ActionNotYetError: contention('UNKNOWN', 'Read what it printed or answered in the log.'),
  OutboundRefusedError: permanent('PERMISSION', 'Name an address in the rules that may be called from here.'),
  MissingSecretError: permanent('AUTHENTICATION', 'Put the secret where the message says, then try again.'),
  PlatformAlreadyRunningError: permanent('VALIDATION', 'Stop the other process that the message names.'),
  PlatformAwayError: transient('DOCKER', 'Start it with npm start (promote local start).'),
  DatabaseFunctionAwayError: transient(
    'NETWORK',
    'See that the migration function runs, on one machine with npm start (promote local start).',
  ),
  FolderUnusableError: permanent('PERMISSION', 'Make it a folder that this user may write into.'),
  ImagesMissingError: permanent('VALIDATION', 'Push the images that the message names, then ask for it again.'),
  NotEnoughSpaceError: transient('UNKNOWN', 'Free space on that disk.'),
  BlobError: permanent('REGISTRY', 'Push the image again: a part of it is missing or damaged.'),
  BranchNotFoundError: permanent('VALIDATION', 'Push the environment’s branch, or correct its name in the rules.'),
  ConfigurationInvalidError: permanent(
    'VALIDATION',
    'Correct the values at the places that the message names, then promote again.',
  ),
  ConfigurationSchemaError: malformed,
  UnknownFlagError: malformed,
  YamlEditError: malformed,
  MigrationFilesError: malformed,
  SqlSyntaxError: malformed,
  InvalidRecordError: malformed,
  ZodError: malformed,
  SyntaxError: malformed,
  AbortError: stopped,
  TimeoutError: tooSlow,
};

const unreachable = transient('NETWORK', 'Check that the server runs and can be reached.');
const unnamed = transient('NETWORK', 'Check the host’s name and the DNS server.');
const untrusted = permanent(
  'AUTHENTICATION',
  'Renew the server’s certificate, or install the authority that signed it.',
);
const forbiddenFile = permanent(
  'PERMISSION',
  'Give the user that runs this access to the file that the message names.',
);
const wrongFile = permanent('VALIDATION', 'Correct the path that the message names.');
const exhausted = transient('UNKNOWN', 'Free the space, memory or file handles that the machine has run out of.');

/** Codes of the operating system, of TLS, and of Node's HTTP client. */
const BY_CODE: Readonly<Record<string, Classification>> = {
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  ECONNABORTED: unreachable,
  EPIPE: unreachable,
  EHOSTUNREACH: unreachable,
  EHOSTDOWN: unreachable,
  ENETUNREACH: unreachable,
  ENETDOWN: unreachable,
  EADDRNOTAVAIL: unreachable,
  EADDRINUSE: transient('NETWORK', 'Stop the other program that listens on the port.'),
  UND_ERR_SOCKET: unreachable,
  UND_ERR_CLOSED: unreachable,
  EPROTO: permanent(
    'NETWORK',
    'Check that the server speaks TLS on this port, and in a version that is accepted here.',
  ),
  ERR_SSL_WRONG_VERSION_NUMBER: permanent('NETWORK', 'Use http: for this server, or the port on which it speaks TLS.'),
  ERR_SSL_PACKET_LENGTH_TOO_LONG: permanent(
    'NETWORK',
    'Use http: for this server, or the port on which it speaks TLS.',
  ),
  ENOTFOUND: unnamed,
  ENODATA: unnamed,
  EAI_AGAIN: unnamed,
  EAI_FAIL: unnamed,
  EAI_NODATA: unnamed,
  ESERVFAIL: unnamed,
  EREFUSED: unnamed,
  ETIMEDOUT: tooSlow,
  ETIMEOUT: tooSlow,
  ESOCKETTIMEDOUT: tooSlow,
  UND_ERR_CONNECT_TIMEOUT: tooSlow,
  UND_ERR_HEADERS_TIMEOUT: tooSlow,
  UND_ERR_BODY_TIMEOUT: tooSlow,
  ABORT_ERR: stopped,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_HAS_EXPIRED: untrusted,
  CERT_NOT_YET_VALID: untrusted,
  CERT_REVOKED: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  CERT_UNTRUSTED: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: permanent('AUTHENTICATION', 'Use the host name that the server’s certificate is for.'),
  EACCES: forbiddenFile,
  EPERM: forbiddenFile,
  EROFS: forbiddenFile,
  ENOENT: wrongFile,
  ENOTDIR: wrongFile,
  EISDIR: wrongFile,
  EEXIST: wrongFile,
  ENOTEMPTY: wrongFile,
  ENAMETOOLONG: wrongFile,
  ELOOP: wrongFile,
  ENOSPC: exhausted,
  EDQUOT: exhausted,
  EMFILE: exhausted,
  ENFILE: exhausted,
  ENOMEM: exhausted,
  EIO: transient('UNKNOWN', 'Check the disk of the machine.'),
};

const missingProgram = permanent('VALIDATION', 'Install the program that the message names, or correct its name.');

/** The last resort: words of programs that say nothing in a better way. */
const BY_MESSAGE: readonly (readonly [RegExp, Classification])[] = [
  [
    /cannot connect to the docker daemon|error during connect:.*docker/i,
    transient('DOCKER', 'Start the container runtime.'),
  ],
  [
    /\b(?:ImagePullBackOff|ErrImagePull|InvalidImageName|ImageInspectError)\b/,
    permanent('DOCKER', 'Make sure that the image exists and that the cluster may pull it.'),
  ],
  [
    /\b(?:CrashLoopBackOff|OOMKilled|CreateContainer(?:Config)?Error|RunContainerError)\b|exec format error/,
    permanent('DOCKER', 'Read the container’s own output, correct the release and promote it again.'),
  ],
  [/^(?:timeout expired|timeout exceeded when trying to connect|query read timeout)$/i, tooSlow],
  [/^connection terminated due to connection timeout$/i, tooSlow],
  [/^(?:connection terminated|client has encountered a connection error|socket hang up)/i, unreachable],
  [/\btimed out\b|\btimeout (?:exceeded|of \d+)/i, tooSlow],
];

interface Row {
  /** What the row looks at, for whoever reads the table. */
  readonly by: string;
  readonly classify: (facts: ErrorFacts) => Classification | undefined;
}

/** Asked from top to bottom: what a service says about itself is more exact than how it was carried here. */
export const classificationTable: readonly Row[] = [
  { by: 'SQLSTATE', classify: ({ sqlState }) => (sqlState === undefined ? undefined : classifySqlState(sqlState)) },
  { by: 'Kubernetes reason', classify: (facts) => lookUp(kubernetesClassifications, facts.kubernetesReason) },
  { by: 'registry code', classify: (facts) => lookUp(registryClassifications, facts.registryCode) },
  {
    by: 'git failure',
    classify: ({ gitFailure }) => (gitFailure === undefined ? undefined : gitClassifications[gitFailure]),
  },
  {
    by: 'code of the database function',
    classify: ({ name, code }) =>
      name === 'DatabaseFunctionError' ? lookUp(databaseFunctionClassifications, code) : undefined,
  },
  {
    by: 'program to start',
    classify: ({ code, syscall }) =>
      code === 'ENOENT' && syscall?.startsWith('spawn') === true ? missingProgram : undefined,
  },
  { by: 'system code', classify: ({ code }) => lookUp(BY_CODE, code) },
  { by: 'name', classify: ({ name }) => lookUp(BY_NAME, name) },
  {
    by: 'HTTP status',
    classify: ({ httpStatus, isFromRegistry }) =>
      httpStatus === undefined ? undefined : classifyHttpStatus(httpStatus, isFromRegistry),
  },
  { by: 'words', classify: ({ message }) => BY_MESSAGE.find(([words]) => words.test(message))?.[1] },
];

/** Everything that is not recognised: tried again a few times, with an alert. */
export const unclassified: Classification = transient(
  'UNKNOWN',
  'Read the message and the log; if it happens again, report it with both.',
);

function lookUp(table: Readonly<Record<string, Classification>>, key: string | undefined): Classification | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
