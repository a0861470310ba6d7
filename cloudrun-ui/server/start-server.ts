import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { once } from 'node:events';
import { createAdaptorServer } from '@hono/node-server';
import { AuditDesk, type AuditKeeping } from './audit/audit-desk.ts';
import { createApplication } from './application.ts';
import { isLoopback } from './protection/loopback.ts';
import type { ServerPorts } from './server-ports.ts';
import { SharedAnswers } from './shared-answers.ts';
import { ChangeHub, type HubOptions } from './streams/change-hub.ts';

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
const idleLookMs = 50;
/** A client that says its headers or its body so slowly is let go. */
const headersTimeoutMs = 15_000;
const requestTimeoutMs = 60_000;
/**
 * A connection that is not in use is kept for longer than whoever stands before the server keeps it, or a request that is on its
 * way as it closes is answered by a reset. Google's load balancers keep theirs for 600 s.
 * @see https://cloud.google.com/load-balancing/docs/https#timeouts_and_retries
 */
const keepAliveTimeoutMs = 620_000;
/** How soon it is found that something changed which nobody told. */
const lookMs = 900;

/** What the server works with before it runs. */
export type ServerParts = Omit<ServerPorts, 'hub' | 'shared' | 'stopping' | 'audit'> &
  HubOptions & { readonly keeping: AuditKeeping };

/**
 * Starts to answer.
 * @throws Error when nobody proves who he is and others than this machine could ask; and what listening fails with
 */
export async function startServer(parts: ServerParts, { address, port }: ListenOptions): Promise<RunningServer> {
  if (parts.identity.kind === 'development' && !isLoopback(address)) {
    throw new Error(
      `nobody proves who he is here, so ${address} is no address to answer at; use 127.0.0.1, or set up a sign-in (docs/api.md)`,
    );
  }
  const stopping = new AbortController();
  const hub = new ChangeHub(parts);
  const shared = new SharedAnswers({ place: () => hub.place, nowMs: () => performance.now() });
  const audit = { keeping: parts.keeping, desk: new AuditDesk(parts.keeping, parts.clock) };
  const server = createAdaptorServer({
    fetch: createApplication({ ...parts, hub, shared, audit, stopping: stopping.signal }).fetch,
    serverOptions: {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      maxHeaderSize: 16 * 1024,
    },
  }) as Server;
  server.listen(port, address);
  try {
    await once(server, 'listening');
  } catch (error) {
    hub.close();
    throw error;
  }
  const look = lookNowAndThen(hub, parts.log);
  const { port: chosen } = server.address() as AddressInfo;
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${String(chosen)}`,
    async stop() {
      clearInterval(look);
      stopping.abort();
      await stop(server);
      hub.close();
    },
  };
}

/** One look at a time; one that fails says so once, until one succeeds. */
function lookNowAndThen(hub: ChangeHub, log: ServerPorts['log']): NodeJS.Timeout {
  let isLooking = false;
  let hasFailed = false;
  return setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    hub
      .look()
      .then(() => {
        hasFailed = false;
      })
      .catch((error: unknown) => {
        if (!hasFailed) log.warn({ err: error }, 'what has changed cannot be looked at');
        hasFailed = true;
      })
      .finally(() => {
        isLooking = false;
      });
  }, lookMs).unref();
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // A connection that was being answered is idle, and kept, once it has its answer.
  const idle = setInterval(() => {
    server.closeIdleConnections();
  }, idleLookMs);
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, graceMs);
  try {
    await closed;
  } finally {
    clearTimeout(cut);
    clearInterval(idle);
  }
}
