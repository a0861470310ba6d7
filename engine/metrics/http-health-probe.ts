import { z } from 'zod';
import type { HealthProbe, ProbeResult } from './health-probe.ts';

/** Enough for the sentence that says what is wrong; a service may answer with a whole page. */
const excerptCharacters = 300;
/** Read of an answer, so that a JSON document of ordinary size is understood as a whole. */
const readCharacters = 16_384;

/** Asks over HTTP. Healthy is a status from 200 to 299; a redirect is not followed, since it is another service's answer. */
export class HttpHealthProbe implements HealthProbe {
  /** @throws the signal's reason when it is aborted; whatever the service does is a result. */
  async probe(url: string, timeoutSeconds: number, signal: AbortSignal): Promise<ProbeResult> {
    signal.throwIfAborted();
    const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
    const startedAt = performance.now();
    const result = (fields: Pick<ProbeResult, 'status' | 'isHealthy' | 'message'>): ProbeResult => ({
      url,
      responseTimeMs: performance.now() - startedAt,
      ...fields,
    });
    try {
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.any([signal, timeout]) });
      const { status } = response;
      if (response.ok) {
        await response.body?.cancel();
        return result({ status, isHealthy: true, message: undefined });
      }
      const excerpt = await beginningOf(response);
      return result({ status, isHealthy: false, message: [`answered ${String(status)}`, excerpt].join(': ') });
    } catch (error) {
      signal.throwIfAborted();
      const message = timeout.aborted ? `did not answer within ${String(timeoutSeconds)} s` : reasonOf(error);
      return result({ status: undefined, isHealthy: false, message });
    }
  }
}

/** Reads no more than it shows: an answer may be endless. */
async function beginningOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  const body: AsyncIterable<Uint8Array> | undefined = response.body ?? undefined;
  if (body === undefined) return response.statusText;
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > readCharacters) break;
  }
  const line = (reasonIn(text) ?? text).replaceAll(/\s+/g, ' ').trim();
  if (line === '') return response.statusText || 'no explanation';
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

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? (error.cause ?? error) : error;
  if (typeof cause !== 'object' || cause === null) return String(cause);
  const message = 'message' in cause ? String(cause.message) : '';
  const code = 'code' in cause ? String(cause.code) : '';
  return message || code || String(error);
}
