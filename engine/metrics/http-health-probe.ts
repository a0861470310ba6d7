import { z } from 'zod';
import { HttpTimeoutError, type HttpAnswer, type HttpCaller } from '../outbound/http-call.ts';
import type { HealthProbe, ProbeResult } from './health-probe.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';
import { causeText } from '../wording/cause-text.ts';

/** Enough for the sentence that says what is wrong; a service may answer with a whole page. */
const excerptCharacters = 300;
/** Read of an answer, so that a JSON document of ordinary size is understood as a whole. */
const readBytes = 16_384;

/** Asks over HTTP. Healthy is a status from 200 to 299; a redirect is not followed, since it is another service's answer. */
export class HttpHealthProbe implements HealthProbe {
  readonly #caller: HttpCaller;

  constructor(caller: HttpCaller) {
    this.#caller = caller;
  }

  /** @throws the signal's reason when it is aborted; whatever the service does is a result. */
  async probe(url: string, timeoutSeconds: number, signal: AbortSignal): Promise<ProbeResult> {
    const startedAt = performance.now();
    try {
      const mostBytes = (status: number): number => (isHealthyStatus(status) ? 0 : readBytes);
      const answer = await this.#caller.call({ url, timeoutSeconds, mostBytes, signal });
      const { status, responseTimeMs } = answer;
      const isHealthy = isHealthyStatus(status);
      const message = isHealthy ? undefined : `answered ${String(status)}: ${excerptOf(answer)}`;
      return { url, responseTimeMs, status, isHealthy, message };
    } catch (error) {
      signal.throwIfAborted();
      const isLate = error instanceof HttpTimeoutError;
      const message = isLate ? `did not answer within ${describeSeconds(timeoutSeconds)}` : causeText(error);
      return { url, responseTimeMs: performance.now() - startedAt, status: undefined, isHealthy: false, message };
    }
  }
}

function isHealthyStatus(status: number): boolean {
  return status >= 200 && status < 300;
}

function excerptOf({ body, statusText }: HttpAnswer): string {
  const line = (reasonIn(body) ?? body).replaceAll(/\s+/g, ' ').trim();
  if (line === '') return statusText || 'no explanation';
  return line.length > excerptCharacters ? `${line.slice(0, excerptCharacters)}…` : line;
}

const reasonSchema = z.union([
  z.looseObject({ reason: z.string() }).transform(({ reason }) => reason),
  z.looseObject({ message: z.string() }).transform(({ message }) => message),
  z.looseObject({ detail: z.string() }).transform(({ detail }) => detail),
  z.looseObject({ error: z.string() }).transform(({ error }) => error),
]);

/** The sentence of an answer in JSON that says what is wrong, under one of the names that services use for it. */
function reasonIn(text: string): string | undefined {
  try {
    const parsed = reasonSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
