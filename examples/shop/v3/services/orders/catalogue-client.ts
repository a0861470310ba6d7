import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import * as z from 'zod';
import { healthy } from '../../platform/health.ts';
import type { Check, CheckResult } from '../../platform/health.ts';
import { RequestProblem } from '../../platform/reply.ts';
import { ServiceClient } from '../../platform/service-client.ts';
import type { PriceList } from './pricing.ts';

const productList = z.object({ products: z.array(z.object({ sku: z.string(), priceMinor: z.int().nonnegative() })) });

const refreshIntervalMs = 400;
const maximumConnections = 4;

/** Keeps the catalogue's prices at hand and refreshes them, so that an order does not wait for another service. */
export class CatalogueClient implements PriceList {
  readonly #client: ServiceClient;
  readonly #baseUrl: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: maximumConnections });
  #prices: ReadonlyMap<string, number> | undefined;
  #etag: string | undefined;
  #refresh: Promise<void> | undefined;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
    this.#client = new ServiceClient('catalogue', baseUrl);
    const refresh = (): void => {
      // While the catalogue is away, the prices at hand go on being used.
      this.#refreshOnce().catch(() => undefined);
    };
    refresh();
    setInterval(refresh, refreshIntervalMs).unref();
  }

  /** @throws RequestProblem 503 until the catalogue's prices have been read for the first time. */
  async priceOf(sku: string): Promise<number | undefined> {
    if (this.#prices === undefined) {
      try {
        await this.#refreshOnce();
      } catch (error) {
        throw new RequestProblem(503, 'Prices cannot be read at the moment. Try again.', { cause: error });
      }
    }
    return this.#prices?.get(sku);
  }

  checks(): readonly Check[] {
    return [this.#client.check(), { name: 'catalogue-connections', run: async () => this.#connections() }];
  }

  #refreshOnce(): Promise<void> {
    this.#refresh ??= this.#readPrices().finally(() => {
      this.#refresh = undefined;
    });
    return this.#refresh;
  }

  async #readPrices(): Promise<void> {
    const response = await this.#get('/products');
    const { etag } = response.headers;
    if (etag !== undefined && etag === this.#etag) return;
    const { products } = productList.parse(await json(response));
    this.#prices = new Map(products.map(({ sku, priceMinor }) => [sku, priceMinor]));
    this.#etag = etag;
  }

  #get(path: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      request(`${this.#baseUrl}${path}`, { agent: this.#agent }, (response) => {
        if (response.statusCode === 200) {
          resolve(response);
          return;
        }
        response.resume();
        reject(new Error(`The catalogue answered ${String(response.statusCode)} to GET ${path}.`));
      })
        .on('error', reject)
        .end();
    });
  }

  #connections(): CheckResult {
    const count = (lists: NodeJS.ReadOnlyDict<unknown[]>): number =>
      Object.values(lists).reduce((sum, list) => sum + (list?.length ?? 0), 0);
    const inUse = count(this.#agent.sockets);
    const waiting = count(this.#agent.requests);
    if (inUse < maximumConnections || waiting === 0) return healthy;
    return {
      isHealthy: false,
      message:
        `all ${String(maximumConnections)} connections to the catalogue are in use and ${String(waiting)} more ` +
        'requested: connections are not given back',
    };
  }
}
