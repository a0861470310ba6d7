import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { RequestOptions } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { signCustomerToken } from './customer-token.ts';

export interface TrafficOptions {
  readonly ordersUrl: string;
  readonly webUrl: string;
  /** Signs the customer's tokens. */
  readonly jwtSecret: string;
  /** How many requests are begun each second, whether or not earlier ones were answered. */
  readonly ratePerSecond: number;
  /** What is ordered. Default: a product of the first assortment. */
  readonly sku?: string;
  /** Default: 10. */
  readonly timeoutSeconds?: number;
}

export interface TrafficFailure {
  readonly at: Date;
  readonly request: string;
  /** Undefined when no answer came. */
  readonly status: number | undefined;
  readonly message: string;
}

export interface TrafficStats {
  /** Ended, well or badly. */
  readonly requests: number;
  readonly failed: number;
  /** Ids of the orders that were answered with 201. */
  readonly acknowledged: readonly string[];
  readonly failures: readonly TrafficFailure[];
}

export interface Traffic {
  stats(): TrafficStats;
  /** Begins nothing more and returns when every request has ended. */
  stop(): Promise<TrafficStats>;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const createdOrder = z.object({ id: z.uuid() });

/** Half of all requests are orders; the rest look at the shop and at the customer's orders. */
const kinds = ['order', 'page', 'order', 'list'] as const;
type Kind = (typeof kinds)[number];

/**
 * Uses the shop as its customers do, until it is stopped: over kept-alive connections and without trying anything
 * again. A request failed unless it was answered with 2xx, and an order unless it was answered with 201 and an id.
 */
export function startTraffic(options: TrafficOptions): Traffic {
  const { ordersUrl, webUrl, jwtSecret, ratePerSecond, sku = 'espresso-cup', timeoutSeconds = 10 } = options;
  const agent = new Agent({ keepAlive: true });
  const customer = `traffic-${randomUUID()}`;
  const acknowledged: string[] = [];
  const failures: TrafficFailure[] = [];
  const inFlight = new Set<Promise<void>>();
  let begun = 0;
  let ended = 0;

  const headers = async (): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await signCustomerToken(jwtSecret, customer, timeoutSeconds + 5)}`,
    'content-type': 'application/json',
  });
  const send = (url: string, init: RequestOptions, body?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(timeoutSeconds * 1_000);
      request(url, { ...init, agent, signal }, (response) => {
        text(response).then((body) => {
          resolve({ status: response.statusCode ?? 0, body });
        }, reject);
      })
        .on('error', reject)
        .end(body);
    });
  const ask = async (kind: Kind): Promise<Answer> => {
    switch (kind) {
      case 'order': {
        const body = JSON.stringify({ lines: [{ sku, quantity: 1 }] });
        return send(`${ordersUrl}/orders`, { method: 'POST', headers: await headers() }, body);
      }
      case 'list':
        return send(`${ordersUrl}/orders?limit=5`, { headers: await headers() });
      case 'page':
        return send(`${webUrl}/`, {});
    }
  };
  const judge = (kind: Kind, { status, body }: Answer): string | undefined => {
    if (status < 200 || status > 299) return body.slice(0, 300);
    if (kind !== 'order') return undefined;
    const order = createdOrder.safeParse(parsedJson(body));
    if (status !== 201 || !order.success) return 'the order was not acknowledged with 201 and an id';
    acknowledged.push(order.data.id);
    return undefined;
  };
  const perform = async (kind: Kind): Promise<void> => {
    let status: number | undefined;
    let message: string | undefined;
    try {
      const answer = await ask(kind);
      status = answer.status;
      message = judge(kind, answer);
    } catch (error) {
      message = error instanceof Error ? error.message : String(error);
    }
    ended += 1;
    if (message !== undefined) failures.push({ at: new Date(), request: kind, status, message });
  };

  const timer = setInterval(() => {
    const kind = kinds[begun % kinds.length] ?? 'page';
    begun += 1;
    const performed = perform(kind).finally(() => inFlight.delete(performed));
    inFlight.add(performed);
  }, 1_000 / ratePerSecond);

  const stats = (): TrafficStats => ({
    requests: ended,
    failed: failures.length,
    acknowledged: [...acknowledged],
    failures: [...failures],
  });
  return {
    stats,
    stop: async () => {
      clearInterval(timer);
      await Promise.all(inFlight);
      agent.destroy();
      return stats();
    },
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
