import * as z from 'zod';
import type { ServiceCall, ServiceClient } from '../../platform/service-client.ts';

const productList = z.object({
  products: z.array(
    z.object({
      sku: z.string(),
      name: z.string(),
      description: z.string(),
      priceMinor: z.int(),
      currency: z.string(),
    }),
  ),
});
export type ShopProduct = z.infer<typeof productList>['products'][number];

const orderList = z.object({
  orders: z.array(z.object({ id: z.string(), totalMinor: z.int(), currency: z.string(), createdAt: z.string() })),
});
export type ShopOrder = z.infer<typeof orderList>['orders'][number];

async function read<Schema extends z.ZodType>(
  client: ServiceClient,
  call: Omit<ServiceCall, 'method'>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const { status, body } = await client.call({ ...call, method: 'GET' });
  if (status !== 200) throw new Error(`${client.name} answered ${String(status)} to GET ${call.path}.`);
  return schema.parse(JSON.parse(body));
}

/** @throws when the catalogue does not answer as agreed. */
export async function readProducts(catalogue: ServiceClient, requestId: string): Promise<readonly ShopProduct[]> {
  return (await read(catalogue, { path: '/products', requestId }, productList)).products;
}

/** @throws when the orders API does not answer as agreed. */
export async function readOrders(
  orders: ServiceClient,
  authorization: string,
  requestId: string,
): Promise<readonly ShopOrder[]> {
  return (await read(orders, { path: '/orders?limit=5', authorization, requestId }, orderList)).orders;
}
