import type { GitFailure } from '../../configuration/git-error.ts';
import { contention, permanent, transient, type Classification } from './classification.ts';

export const gitClassifications: Readonly<Record<GitFailure, Classification>> = {
  authentication: permanent(
    'AUTHENTICATION',
    'Renew the token or key with which the configuration repository is opened.',
  ),
  'not-permitted': permanent('PERMISSION', 'Give the token write access to the configuration repository.'),
  'repository-not-found': permanent(
    'VALIDATION',
    'Correct the address of the configuration repository, or give the token access to it.',
  ),
  unreachable: transient('NETWORK', 'Check the network to the git host.'),
  'untrusted-certificate': permanent(
    'AUTHENTICATION',
    'Install the certificate authority of the git host, or renew its certificate.',
  ),
  'ref-changed': contention('VALIDATION', 'Nothing to do unless it happens often: somebody else pushed first.'),
  'ref-locked': contention('TIMEOUT', 'If it stays, remove the lock file that the message names from the repository.'),
  'missing-object': permanent('VALIDATION', 'Push the commit that the message names to the configuration repository.'),
  rejected: permanent('PERMISSION', 'Allow the promotion’s identity to push past the rule that the message names.'),
  timeout: transient('TIMEOUT', 'Check how fast the git host answers.'),
  'git-not-installed': permanent('VALIDATION', 'Install git 2.31 or newer where promotions run.'),
  other: transient('UNKNOWN', 'Read git’s own message and correct what it names.'),
};

const absent = permanent('VALIDATION', 'Create the object that the message names, or correct its name.');
const invalid = permanent('VALIDATION', 'Correct the manifest: the cluster does not accept it.');
const overloaded = transient('NETWORK', 'Check the health of the cluster’s API server.');

/** Reasons of Kubernetes' Status objects. */
export const kubernetesClassifications: Readonly<Record<string, Classification>> = {
  Unauthorized: permanent('AUTHENTICATION', 'Renew the credentials with which the cluster is opened.'),
  Forbidden: permanent('PERMISSION', 'Bind the role that the message asks for to the promotion’s service account.'),
  NotFound: absent,
  AlreadyExists: contention('VALIDATION', 'Nothing to do unless it stays: somebody else created the object first.'),
  Conflict: contention('VALIDATION', 'Nothing to do unless it happens often: somebody else changed the object first.'),
  Gone: transient('NETWORK', 'Nothing to do: what was read has expired and is read again.'),
  Expired: transient('NETWORK', 'Nothing to do: what was read has expired and is read again.'),
  Invalid: invalid,
  BadRequest: invalid,
  MethodNotAllowed: invalid,
  NotAcceptable: invalid,
  UnsupportedMediaType: invalid,
  RequestEntityTooLarge: invalid,
  Timeout: transient('TIMEOUT', 'Check how fast the cluster’s API server answers.'),
  ServerTimeout: transient('TIMEOUT', 'Check how fast the cluster’s API server answers.'),
  TooManyRequests: contention('NETWORK', 'Nothing to do unless it stays: the cluster asked to slow down.'),
  ServiceUnavailable: overloaded,
  InternalError: overloaded,
};

const unknownImage = permanent(
  'REGISTRY',
  'Push the image to the registry, or correct the release’s repository or digest.',
);
const badImage = permanent('REGISTRY', 'Build and push the image again: the registry does not accept it as it is.');

/** Codes of the OCI distribution specification. */
export const registryClassifications: Readonly<Record<string, Classification>> = {
  UNAUTHORIZED: permanent('AUTHENTICATION', 'Renew the credentials of the registry.'),
  DENIED: permanent('PERMISSION', 'Give the promotion’s identity access to the repository in the registry.'),
  TOOMANYREQUESTS: contention('REGISTRY', 'Nothing to do unless it stays: the registry asked to slow down.'),
  NAME_UNKNOWN: unknownImage,
  MANIFEST_UNKNOWN: unknownImage,
  BLOB_UNKNOWN: unknownImage,
  MANIFEST_BLOB_UNKNOWN: unknownImage,
  BLOB_UPLOAD_UNKNOWN: transient('REGISTRY', 'Nothing to do: the upload has expired and is begun again.'),
  BLOB_UPLOAD_INVALID: transient('REGISTRY', 'Nothing to do unless it stays: the upload is begun again.'),
  DIGEST_INVALID: badImage,
  MANIFEST_INVALID: badImage,
  SIZE_INVALID: badImage,
  NAME_INVALID: badImage,
  UNSUPPORTED: permanent('REGISTRY', 'Use a registry that supports the operation that the message names.'),
};

/** Codes of the database-migration function, where Postgres itself said nothing. */
export const databaseFunctionClassifications: Readonly<Record<string, Classification>> = {
  unauthenticated: permanent('AUTHENTICATION', 'Renew the identity with which the database function is called.'),
  'stale-fence': permanent('PERMISSION', 'Nothing to do: a newer run has taken over the promotion.'),
  'connection-failed': transient('NETWORK', 'Check that the database is running and reachable.'),
  'connection-lost': transient('NETWORK', 'Check that the database is running and reachable.'),
  'not-configured': transient('VALIDATION', 'Give the database function the secret that the message names.'),
  'storage-failed': transient(
    'UNKNOWN',
    'Make the folder that the message names one that can be written, or free space on its disk; promote doctor looks at it.',
  ),
  'database-busy': contention('TIMEOUT', 'Nothing to do unless it stays: another migration runs in the database.'),
  'lock-timeout': contention('TIMEOUT', 'Look for a long transaction that holds the lock.'),
  internal: transient('UNKNOWN', 'Look into the log of the database function.'),
  'unexpected-answer': transient('UNKNOWN', 'Check what answers at the address of the database function.'),
};

/** What a status of HTTP means when the body said nothing better. @param isFromRegistry by the URL. */
export function classifyHttpStatus(status: number, isFromRegistry: boolean): Classification {
  const category = isFromRegistry ? 'REGISTRY' : 'VALIDATION';
  switch (status) {
    case 401:
    case 407:
      return permanent('AUTHENTICATION', 'Renew the credentials for the server that the message names.');
    case 403:
      return permanent('PERMISSION', 'Give the promotion’s identity the permission that the server asks for.');
    case 408:
    case 504:
      return transient('TIMEOUT', 'Check how fast the server answers.');
    case 409:
    case 412:
      return contention(category, 'Nothing to do unless it happens often: somebody else changed the same thing first.');
    case 423:
    case 425:
    case 429:
      return contention(
        isFromRegistry ? 'REGISTRY' : 'NETWORK',
        'Nothing to do unless it stays: the server asked to wait.',
      );
    case 404:
    case 410:
      return isFromRegistry
        ? unknownImage
        : permanent('VALIDATION', 'Correct the address, or create what the message says is missing.');
    case 501:
    case 505:
      return permanent(category, 'Use a server that supports the operation that the message names.');
    default:
      return status >= 500
        ? transient(isFromRegistry ? 'REGISTRY' : 'NETWORK', 'Check the health of the server.')
        : permanent(category, 'Correct the request: the server does not accept it as it is.');
  }
}
