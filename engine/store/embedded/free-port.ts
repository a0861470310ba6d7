import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port on which nobody listens at this moment; somebody may a moment later.
 *
 * @param preferred is taken when it is free.
 */
export async function findFreePort(host: string, preferred: number | undefined): Promise<number> {
  if (preferred !== undefined) {
    const port = await tryPort(host, preferred);
    if (port !== undefined) return port;
  }
  const port = await tryPort(host, 0);
  if (port === undefined) throw new Error(`There is no free port on ${host}.`);
  return port;
}

async function tryPort(host: string, port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' ? address?.port : undefined;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}
