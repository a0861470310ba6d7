import { parsePrometheusText, type Sample } from '../../metrics/prometheus-text.ts';
import { loopbackHost } from './loopback-ports.ts';

/** Where every service tells of itself, in the text format of Prometheus. */
export const metricsPath = '/metrics';

/** More than a service with a thousand series says; an answer may be endless. */
const mostBytes = 2 * 1024 * 1024;

/** What an instance says of itself now; undefined when it does not answer in time, or not in the format. */
export async function scrapeMetrics(port: number, timeoutSeconds: number): Promise<readonly Sample[] | undefined> {
  try {
    const response = await fetch(`http://${loopbackHost}:${String(port)}${metricsPath}`, {
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
      redirect: 'manual',
      headers: { connection: 'close' },
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return undefined;
    }
    const text = await wholeText(response);
    return text === undefined ? undefined : parsePrometheusText(text);
  } catch {
    return undefined;
  }
}

/** Undefined when it is longer than is read. */
async function wholeText(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | undefined = response.body ?? undefined;
  if (body === undefined) return '';
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
