import createClient, { type Middleware } from 'openapi-fetch';
import { ApiError } from './api-error.ts';
import { connection } from './connection.ts';
import { NoAnswerError } from './no-answer-error.ts';
import type { paths } from './schema.gen.ts';

/** Tells commands of this page from requests that other sites make. */
const commandHeader = 'X-Promotion-Request';

const watchConnection: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET') request.headers.set(commandHeader, '1');
  },
  onResponse() {
    connection.answered('requests');
  },
  onError({ error, request }) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    connection.failed('requests');
    return new NoAnswerError(request.method, error);
  },
};

export const api = createClient<paths>({ credentials: 'same-origin' });
api.use(watchConnection);

/** What a command at a path is sent with. */
export type BodyOf<Path extends keyof paths> = paths[Path] extends {
  post: { requestBody: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

/** What a call of `api` comes to. */
interface Answered<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** @throws ApiError with what the server said. */
export async function answer<Data>(call: Promise<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (data !== undefined && response.ok) return data;
  throw new ApiError(response.status, typeof error === 'object' && error !== null ? error : {});
}

/** A new key for a new wish; the same key, sent again, does it once. */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}
