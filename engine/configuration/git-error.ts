import { redactSecrets } from '../workflow/errors/redact-secrets.ts';

/** What kind of failure git reported; decides about retries and about the remedy that is shown. */
export type GitFailure =
  | 'authentication'
  | 'not-permitted'
  | 'repository-not-found'
  | 'unreachable'
  | 'untrusted-certificate'
  | 'ref-changed'
  | 'ref-locked'
  | 'missing-object'
  | 'rejected'
  | 'timeout'
  | 'git-not-installed'
  | 'other';

const STDERR_LIMIT = 4_000;

/** Ordered: hosts answer "not found" to those who may not see a repository, and add "could not read" to everything. */
const SIGNS: readonly (readonly [GitFailure, RegExp])[] = [
  [
    'authentication',
    /authentication failed|could not read (?:username|password)|invalid username or (?:password|token)|terminal prompts disabled|permission denied \(publickey|host key verification failed|the requested url returned error: 401/i,
  ],
  [
    'not-permitted',
    /the requested url returned error: 403|write access to repository not granted|permission to \S+ denied|you are not allowed to|insufficient permission|dubious ownership|unable to create temporary object directory/i,
  ],
  [
    'ref-locked',
    /cannot lock ref|failed to lock|unable to create '[^']*\.lock'|another git process seems to be running|failed to update ref/i,
  ],
  ['ref-changed', /stale info|non-fast-forward|fetch first|incorrect old value provided|reference already exists/i],
  ['rejected', /hook declined|\[remote rejected\]|protected branch|prohibited|does not support --atomic/i],
  ['missing-object', /not our ref|unadvertised object|couldn't find remote ref|bad object|not a valid object name/i],
  ['untrusted-certificate', /certificate (?:problem|verif)|self[- ]signed certificate/i],
  [
    'unreachable',
    /could not resolve host|failed to connect|couldn't connect to server|connection (?:refused|reset|timed out|closed)|network is unreachable|no route to host|operation timed out|the remote end hung up|early eof|unexpected disconnect|rpc failed|the requested url returned error: (?:429|5\d\d)/i,
  ],
  [
    'repository-not-found',
    /repository (?:'[^']*' )?not found|does not appear to be a git repository|the requested url returned error: 404|no such remote|project .* not found/i,
  ],
  ['unreachable', /could not read from remote repository|unable to access/i],
];

/** Tells the kind of a git failure from git's own words, or undefined when they are not known. */
export function gitFailureOf(text: string): GitFailure | undefined {
  return SIGNS.find(([, sign]) => sign.test(text))?.[0];
}

/** What happened, for people; git's own words say more to those who know git. */
const sentences: Readonly<Record<GitFailure, string>> = {
  authentication: 'the git host does not know who this is: the token or key is missing, wrong or has expired',
  'not-permitted': 'this token, key or user may not do that in the repository',
  'repository-not-found': 'there is no such repository, or it may not be seen from here',
  unreachable: 'the git host cannot be reached from here',
  'untrusted-certificate': 'the certificate of the git host is not trusted here',
  'ref-changed': 'somebody else has changed the branch meanwhile',
  'ref-locked': 'another git command is at work in the repository, or one that ended has left its lock behind',
  'missing-object': 'the repository has no such branch or commit',
  rejected: 'the repository takes no such change: a rule or a hook of it refused',
  timeout: 'git did not come to an end in time',
  'git-not-installed': 'git is not installed, or not where PATH looks',
  other: 'git could not do what it was asked for',
};

/** A git command failed; its message says so in words, and keeps git's own behind them. Secrets are masked. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly failure: GitFailure;
  /** The command line, as a person would type it; holds no secret. */
  readonly command: string;
  /** undefined when git did not run to an end (killed, timed out, not installed). */
  readonly exitCode: number | undefined;
  readonly stderr: string;

  constructor(failure: GitFailure, command: string, exitCode: number | undefined, stderr: string) {
    const words = redactSecrets(stderr).trim().slice(0, STDERR_LIMIT);
    const shown = redactSecrets(command);
    const code = exitCode === undefined ? '' : ` with exit code ${String(exitCode)}`;
    const original = `\`${shown}\` failed${code}: ${words === '' ? 'git said nothing' : words}`;
    super(`${sentences[failure]} (original error: ${original})`);
    this.failure = failure;
    this.command = shown;
    this.exitCode = exitCode;
    this.stderr = words;
  }
}
