export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Headers = Readonly<Record<string, string>>;

export const json = (status: number, value: unknown, headers: Headers = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(value),
});

export const text = (status: number, contentType: string, body: string, headers: Headers = {}): Reply => ({
  status,
  headers: { 'content-type': `${contentType}; charset=utf-8`, ...headers },
  body,
});

/** An answer that a handler gives by throwing: what is wrong with the request, or what the service lacks to serve it. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  readonly status: number;
  readonly headers: Headers;

  constructor(status: number, message: string, options: { readonly headers?: Headers; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.headers = options.headers ?? {};
  }
}

export const problemReply = (problem: RequestProblem): Reply =>
  json(problem.status, { error: problem.message }, problem.headers);
