import type { InputCheck } from './input-check.ts';

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const channel = 'projects/[^/]+/notificationChannels/[^/]+';
const email = "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,}";

export const booleanCheck: InputCheck = { kind: 'boolean' };
export const secretCheck: InputCheck = { kind: 'secret' };

/** Environments are parts of names; a namespace, a domain and a service account are made with them. */
export const environmentCheck: InputCheck = {
  kind: 'pattern',
  pattern: `^${label}$`,
  longest: 63,
  bound: 'must be 1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends',
};

export const namespaceCheck: InputCheck = {
  kind: 'pattern',
  pattern: `^${label}$`,
  longest: 63,
  bound:
    'must be a Kubernetes namespace: 1 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends',
};

export const domainCheck: InputCheck = {
  kind: 'pattern',
  pattern: '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]*[a-z][a-z0-9-]*$',
  longest: 253,
  bound: 'must be a domain name such as shop.example',
};

export const emailCheck: InputCheck = {
  kind: 'pattern',
  pattern: `^${email}$`,
  longest: 254,
  bound: 'must be an e-mail address',
};

export const checklistCheck: InputCheck = {
  kind: 'pattern',
  pattern: '^[^\\r\\n]*\\S[^\\r\\n]*$',
  longest: 500,
  bound: 'must be one line of 1 to 500 characters',
};

/** `host[:port]/path`, as images are named: no scheme, no tag, no digest. */
export const registryCheck: InputCheck = {
  kind: 'pattern',
  pattern: '^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$',
  longest: 255,
  bound: 'must be a registry and the path in it, such as ghcr.io/shop, without https:// and without a tag',
  mayHoldPassword: true,
};

/** A password in the address would be committed, planned and logged. */
export const repositoryCheck: InputCheck = {
  kind: 'pattern',
  pattern: '^((https|ssh)://([^/@:\\s]+@)?[A-Za-z0-9.-]+(:[0-9]{1,5})?/\\S+|[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+:\\S+)$',
  longest: 2048,
  bound: 'must be the address of a Git repository (https://, ssh:// or git@host:path) without a password',
  mayHoldPassword: true,
};

export const strategyCheck: InputCheck = { kind: 'one-of', values: ['blue-green', 'incremental', 'schema-first'] };
export const flagServiceCheck: InputCheck = { kind: 'one-of', values: ['flagsmith', 'file', 'none'] };

export const channelCheck: InputCheck = {
  kind: 'pattern',
  pattern: `^${channel}$`,
  bound: 'must be projects/<project>/notificationChannels/<channel>',
};

export const eventChannelCheck: InputCheck = {
  kind: 'pattern',
  pattern: `^(${channel}|${email}|https://[^\\s/:@]+(:[0-9]{1,5})?(/\\S*)?)$`,
  bound: 'must be projects/<project>/notificationChannels/<channel>, an e-mail address or an https address',
  mayHoldPassword: true,
};

export const sourceCheck: InputCheck = {
  kind: 'pattern',
  pattern: '^.*\\S.*\\.zip$',
  bound: 'must be the path of a .zip file',
};

/** https://cloud.google.com/resource-manager/docs/creating-managing-projects */
export const projectCheck: InputCheck = {
  kind: 'pattern',
  pattern: '^[a-z][a-z0-9-]{4,28}[a-z0-9]$',
  bound: 'must be a project id of 6 to 30 lower-case letters, digits and hyphens, beginning with a letter',
};

export const percentageCheck: InputCheck = { kind: 'whole-number', least: 1, most: 99 };

/** At most ten years, which is also the most that rules take. */
export const secondsCheck: InputCheck = {
  kind: 'whole-number',
  least: 1,
  most: 315_360_000,
  because: 'seconds',
};

export function retentionCheck(most: number, because: string): InputCheck {
  return { kind: 'whole-number', least: 1, most, because: `days; ${because}` };
}
