import { healthy } from './health.ts';
import type { Check } from './health.ts';
import type { Reply } from './reply.ts';

export interface ServiceCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly requestId?: string;
  readonly authorization?: string;
  /** JSON text. */
  readonly body?: string;
}

/** Calls another service of the shop over HTTP. */
export class ServiceClient {
  readonly name: string;
  readonly #baseUrl: string;
  readonly #timeoutMs: number;

  constructor(name: string, baseUrl: string, timeoutMs = 3_000) {
    this.name = name;
    this.#baseUrl = baseUrl;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Answers whatever the service answered. A GET whose connection breaks is sent once more: the other side may just
   * have closed a connection that was idle. A POST never is: it may have been carried out.
   * @throws when no answer came.
   */
  async call(call: ServiceCall): Promise<Reply> {
    try {
      return await this.#send(call);
    } catch (error) {
      if (call.method === 'GET' && error instanceof TypeError) return this.#send(call);
      throw error;
    }
  }

  /** Asks for readiness, not health: what ails the other service's own dependencies is its own to report. */
  check(): Check {
    return {
      name: this.name,
      run: async () => {
        const { status } = await this.call({ method: 'GET', path: '/readyz' });
        return status === 200 ? healthy : { isHealthy: false, message: `answered ${String(status)} to /readyz` };
      },
    };
  }

  async #send({ method, path, requestId, authorization, body }: ServiceCall): Promise<Reply> {
    const response = await fetch(`${this.#baseUrl}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
        ...(authorization === undefined ? {} : { authorization }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      redirect: 'error',
      signal: AbortSignal.timeout(this.#timeoutMs),
    });
    const contentType = response.headers.get('content-type') ?? 'application/octet-stream';
    return { status: response.status, headers: { 'content-type': contentType }, body: await response.text() };
  }
}
