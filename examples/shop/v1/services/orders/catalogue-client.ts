import * as z from 'zod';
import type { Check } from '../../platform/health.ts';
import { RequestProblem } from '../../platform/reply.ts';
import { ServiceClient } from '../../platform/service-client.ts';
import type { PriceList } from './pricing.ts';

const product = z.object({ priceMinor: z.int().nonnegative() });

/** Asks the catalogue for today's price, every time. */
export class CatalogueClient implements PriceList {
  readonly #client: ServiceClient;

  constructor(baseUrl: string) {
    this.#client = new ServiceClient('catalogue', baseUrl);
  }

  /** @throws RequestProblem 503 while the catalogue cannot be asked. */
  async priceOf(sku: string, requestId: string): Promise<number | undefined> {
    const path = `/products/${encodeURIComponent(sku)}`;
    try {
      const { status, body } = await this.#client.call({ method: 'GET', path, requestId });
      if (status === 404) return undefined;
      if (status !== 200) throw new Error(`The catalogue answered ${String(status)} to GET ${path}.`);
      return product.parse(JSON.parse(body)).priceMinor;
    } catch (error) {
      throw new RequestProblem(503, 'Prices cannot be read at the moment. Try again.', { cause: error });
    }
  }

  checks(): readonly Check[] {
    return [this.#client.check()];
  }
}
