import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { once } from 'node:events';
import { createAdaptorServer } from '@hono/node-server';
import { createApplication } from './application.ts';
import { isLoopback } from './protection/loopback.ts';
import type { ServerPorts } from './server-ports.ts';

export interface ListenOptions {
  /** An address of this machine, such as `127.0.0.1` or `0.0.0.0`. */
  readonly address: string;
  /** 0: any that is free. */
  readonly port: number;
}

export interface RunningServer {
  /** Where it answers: `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Answers what it was asked and nothing more; whoever is not answered by then is cut off. */
  stop(): Promise<void>;
}

/** How long what is being answered may take once the server stops. */
const graceMs = 8_000;
/** A client that says its headers or its body so slowly is let go. */
const headersTimeoutMs = 15_000;
const requestTimeoutMs = 60_000;

/**
 * Starts to answer.
 * @throws Error when nobody proves who he is and others than this machine could ask; and what listening fails with
 */
export async function startServer(ports: ServerPorts, { address, port }: ListenOptions): Promise<RunningServer> {
  if (ports.identity.kind === 'development' && !isLoopback(address)) {
    throw new Error(
      `nobody proves who he is here, so ${address} is no address to answer at; use 127.0.0.1, or set up a sign-in (docs/api.md)`,
    );
  }
  const server = createAdaptorServer({
    fetch: createApplication(ports).fetch,
    serverOptions: { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs, maxHeaderSize: 16 * 1024 },
  }) as Server;
  server.listen(port, address);
  await once(server, 'listening');
  const { port: chosen } = server.address() as AddressInfo;
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${String(chosen)}`,
    stop: () => stop(server),
  };
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, graceMs);
  try {
    await closed;
  } finally {
    clearTimeout(cut);
  }
}
