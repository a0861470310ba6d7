import type { IncomingMessage } from 'node:http';
import { RequestProblem } from './reply.ts';

const limitBytes = 64 * 1024;

/** @throws RequestProblem 415 for another content type, 413 beyond 64 KiB, 400 for what is not JSON. */
export async function readJsonBody(message: IncomingMessage): Promise<unknown> {
  const contentType = message.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    throw new RequestProblem(415, 'The body must be JSON: send it with content-type application/json.');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes) {
      // The rest is not read, so the connection cannot carry another request.
      throw new RequestProblem(413, `The body is larger than ${String(limitBytes)} bytes.`, {
        headers: { connection: 'close' },
      });
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    throw new RequestProblem(400, 'The body is not valid JSON.');
  }
}
