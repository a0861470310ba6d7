import { Agent, request } from 'node:http';

/** How often each version answered with each status; a request without an answer counts as `lost 0`. */
export class ShareTally {
  readonly #seen = new Map<string, number>();

  add(version: string, status: number): void {
    const key = `${version} ${String(status)}`;
    this.#seen.set(key, this.count(version, status) + 1);
  }

  count(version: string, status: number): number {
    return this.#seen.get(`${version} ${String(status)}`) ?? 0;
  }

  /** Such as `{ '1 200': 90, '2 500': 10 }`. */
  get all(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#seen);
  }
}

/** Sends so many requests, by several users who keep their connections and take turns at GET and POST. */
export async function sendRequests(url: string, count: number, users = 4): Promise<ShareTally> {
  const agent = new Agent({ keepAlive: true, maxSockets: users });
  const tally = new ShareTally();
  let left = count;
  const user = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { version, status } = await send(url, left % 2 === 0 ? 'GET' : 'POST', agent);
      tally.add(version, status);
    }
  };
  await Promise.all(Array.from({ length: users }, user));
  agent.destroy();
  return tally;
}

function send(url: string, method: string, agent: Agent): Promise<{ version: string; status: number }> {
  return new Promise((resolve) => {
    const lose = (): void => {
      resolve({ version: 'lost', status: 0 });
    };
    const sent = request(url, { method, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('error', lose);
      response.on('end', () => {
        const version = /"version":"([^"]*)"/.exec(text)?.[1] ?? 'none';
        resolve({ version, status: response.statusCode ?? 0 });
      });
    });
    sent.on('error', lose);
    sent.end(method === 'POST' ? 'body' : undefined);
  });
}
