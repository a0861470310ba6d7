const MASK = '***';

/** Beyond this many characters nothing is kept, so that a hostile message cannot cost more than a bounded scan. */
const MAXIMUM_CHARACTERS = 65_536;

const SECRET_NAME_BUT_PWD =
  'pass(?:word|wd|phrase|code)?|secret|token|credentials?|api[_-]?key|access[_-]?key|private[_-]?key|signature|sig';

const SECRET_NAME = `${SECRET_NAME_BUT_PWD}|pwd`;

const VALUE = `("[^"]*"|'[^']*'|[^\\s&;,"')]+)`;

interface Rule {
  readonly pattern: RegExp;
  readonly replacement: string;
}

/** Applied in order; each leaves its own replacement alone, because a text may be masked again on its way. */
const RULES: readonly Rule[] = [
  {
    pattern: /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[\s\S]*?(?:-----END \1PRIVATE KEY-----|$)/g,
    replacement: `-----BEGIN $1PRIVATE KEY-----${MASK}`,
  },
  // A password that holds an unescaped `/` or `@` reaches to the last `@`; a port number is not one.
  { pattern: /:\/\/[^\s/:@"'<>]*:(?!\d+(?:[/?#\s"']|$))[^\s"'<>]*@/g, replacement: `://${MASK}@` },
  { pattern: /:\/\/[^\s/?#"'<>]*@/g, replacement: `://${MASK}@` },
  {
    pattern: /((?:proxy-)?authorization["']?\s{0,8}[:=]\s{0,8}["']?)(?:[A-Za-z]{1,20} +)?[^\s"',;]+/gi,
    replacement: `$1${MASK}`,
  },
  { pattern: /((?:set-)?cookie["']?\s{0,8}:\s{0,8}["']?)[^\r\n"']+/gi, replacement: `$1${MASK}` },
  { pattern: /\b(bearer|basic) +[A-Za-z0-9._~+/-]{16,}=*/gi, replacement: `$1 ${MASK}` },
  { pattern: new RegExp(`(${SECRET_NAME_BUT_PWD})=${VALUE}`, 'gi'), replacement: `$1=${MASK}` },
  // A shell says so in a line of its own where it is; in connection strings it is a password.
  { pattern: new RegExp(`(?!(?<=^(?:OLD)?)PWD=/)([Pp][Ww][Dd])=${VALUE}`, 'gm'), replacement: `$1=${MASK}` },
  {
    pattern: new RegExp(`((?:${SECRET_NAME})["']\\s{0,8}:\\s{0,8})("(?:[^"\\\\]|\\\\.)*"|'[^']*')`, 'gi'),
    replacement: `$1"${MASK}"`,
  },
  {
    pattern:
      /\b(?:gh[oprsu]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|xox[abeprs]-[A-Za-z0-9-]{10,}|npm_[A-Za-z0-9]{30,}|ya29\.[\w-]{16,}|AIza[\w-]{30,}|A[KS]IA[A-Z0-9]{16}|GOCSPX-[\w-]{16,})/g,
    replacement: MASK,
  },
  // The path of an incoming webhook is its password.
  {
    pattern:
      /(hooks\.slack\.com\/\w{1,20}|discord(?:app)?\.com\/api\/webhooks|webhook\.office\.com|chat\.googleapis\.com\/v1\/spaces)\/[^\s"'<>]+/gi,
    replacement: `$1/${MASK}`,
  },
  { pattern: /\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g, replacement: MASK },
];

/**
 * Masks what looks like a secret in a text bound for a log, an error or a page: user and password in URLs, values of
 * authorization and cookie headers, tokens of well-known shapes, private keys, and `password=…` pairs. It is the last
 * line of defence; code that knows a secret keeps it out of texts to begin with.
 */
export function redactSecrets(text: string): string {
  let redacted = text.slice(0, MAXIMUM_CHARACTERS);
  for (const { pattern, replacement } of RULES) {
    redacted = redacted.replace(pattern, replacement);
  }
  return redacted;
}
