import { z } from '@hono/zod-openapi';

/** Every kind of problem, with its status and what it is called; the documentation has a section on each. */
export const problemKinds = {
  'invalid-request': { status: 400, title: 'The request cannot be understood' },
  'not-signed-in': { status: 401, title: 'Nobody is signed in' },
  'not-authorized': { status: 403, title: 'You may not do this' },
  'cross-site': { status: 403, title: 'The request comes from another site' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'method-not-allowed': { status: 405, title: 'This cannot be done there' },
  'nothing-to-do': { status: 409, title: 'It is so already' },
  refused: { status: 409, title: 'It cannot be done as things are' },
  'requirements-not-met': { status: 409, title: 'The rules ask for more' },
  'newer-engine': { status: 409, title: 'A newer version wrote this' },
  'key-in-use': { status: 409, title: 'The same request is being carried out' },
  'too-large': { status: 413, title: 'The request is too large' },
  'not-json': { status: 415, title: 'The body must be JSON' },
  misdirected: { status: 421, title: 'This server does not answer to that name' },
  unclear: { status: 422, title: 'Several things can be meant' },
  'key-reused': { status: 422, title: 'The idempotency key belongs to another request' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'rules-wrong': { status: 503, title: 'The rules cannot be used' },
  unavailable: { status: 503, title: 'The server cannot answer now' },
  internal: { status: 500, title: 'Something failed' },
} as const;
export type ProblemKind = keyof typeof problemKinds;

/** What of the request is wrong. */
export interface WrongPart {
  readonly in: 'path' | 'query' | 'header' | 'body';
  /** A JSON pointer into it. */
  readonly at: string;
  readonly message: string;
}

/** A request that was not carried out, thrown by whatever found out. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly kind: ProblemKind;
  readonly remedy: string | undefined;
  readonly errors: readonly WrongPart[];
  /** What else the answer carries, such as when to try again. */
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail one sentence: what is wrong. */
  constructor(
    kind: ProblemKind,
    detail: string,
    more: {
      readonly remedy?: string;
      readonly errors?: readonly WrongPart[];
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(detail);
    this.kind = kind;
    this.remedy = more.remedy;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}

/** A problem as it is answered (RFC 9457), with what to do. */
export const problemSchema = z
  .strictObject({
    type: z.string().openapi({ description: 'Where the documentation has a section on this kind of problem.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().openapi({ description: 'What is wrong, in a sentence.' }),
    code: z.string().openapi({ description: 'The kind of problem, for programs.' }),
    remedy: z.string().nullable().openapi({ description: 'What to do, where that is known.' }),
    errors: z.array(
      z.strictObject({ in: z.enum(['path', 'query', 'header', 'body']), at: z.string(), message: z.string() }),
    ),
    reference: z.string().nullable().openapi({ description: 'What the log calls this failure.' }),
  })
  .openapi('Problem');

export type Problem = z.infer<typeof problemSchema>;
