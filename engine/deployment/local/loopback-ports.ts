import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

export const loopbackHost = '127.0.0.1';

/** Below every system's ephemeral range, so that no outgoing connection sits on a port while its service restarts. */
const lowest = 20_000;
const highest = 32_000;
const attempts = 200;

/** Hands out free loopback ports, none twice while it is taken. */
export class LoopbackPorts {
  readonly #taken = new Set<number>();

  /** @throws when no free port is found. */
  async take(): Promise<number> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const port = randomInt(lowest, highest);
      if (this.#taken.has(port)) continue;
      this.#taken.add(port);
      if (await isFree(port)) return port;
      this.#taken.delete(port);
    }
    throw new Error(
      `no free port on ${loopbackHost} between ${String(lowest)} and ${String(highest)}: stop some servers`,
    );
  }

  /** Keeps a port that was chosen before from being handed out. */
  claim(port: number): void {
    this.#taken.add(port);
  }

  release(port: number): void {
    this.#taken.delete(port);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ host: loopbackHost, port, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
