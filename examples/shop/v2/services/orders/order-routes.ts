import * as z from 'zod';
import type { Flags } from '../../platform/flags.ts';
import { RequestProblem, json } from '../../platform/reply.ts';
import type { Route, ServiceRequest } from '../../platform/route.ts';
import type { AccessTokens } from './access-token.ts';
import { orderRequest } from './order.ts';
import type { OrderStore } from './order-store.ts';
import { priceOrder } from './pricing.ts';
import type { PriceList } from './pricing.ts';
import type { OrderSettings } from './settings.ts';

export interface OrderParts {
  readonly tokens: AccessTokens;
  readonly orders: OrderStore;
  readonly prices: PriceList;
  readonly settings: OrderSettings;
  readonly flags: Pick<Flags, 'isOn'>;
}

const listLimit = z.coerce.number().int().min(1).max(100).default(20);
const orderId = z.uuid();

const refusal = (error: z.ZodError): RequestProblem =>
  new RequestProblem(
    422,
    error.issues.map((issue) => `${issue.path.map(String).join('.') || 'body'}: ${issue.message}`).join('; '),
  );

/** A database that is away is not the customer's mistake, and nothing was acknowledged: they may order again. */
async function fromStore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new RequestProblem(503, 'Orders cannot be reached at the moment. Try again.', { cause: error });
  }
}

/** @throws RequestProblem 422 for a note that the shop does not offer this customer, or one that is too long. */
function checkGiftNote(giftNote: string | undefined, customer: string, { flags, settings }: OrderParts): void {
  if (giftNote === undefined) return;
  if (!flags.isOn('gift-notes', customer))
    throw new RequestProblem(422, 'giftNote: the shop does not offer notes yet.');
  const limit = settings.giftNoteMaximumLength;
  if (Array.from(giftNote).length > limit)
    throw new RequestProblem(422, `giftNote: at most ${String(limit)} characters fit.`);
}

async function placeOrder(request: ServiceRequest, parts: OrderParts): Promise<ReturnType<typeof json>> {
  const { customer } = await parts.tokens.verify(request.headers);
  const body = orderRequest.safeParse(await request.readJson());
  if (!body.success) throw refusal(body.error);
  const { giftNote } = body.data;
  checkGiftNote(giftNote, customer, parts);
  const price = await priceOrder(body.data, parts.prices, parts.settings, request.requestId);
  const { currency } = parts.settings;
  const order = await fromStore(() => parts.orders.add({ customer, currency, ...price, giftNote }));
  return json(201, order, { location: `/orders/${order.id}` });
}

export function orderRoutes(parts: OrderParts): readonly Route[] {
  const { tokens, orders } = parts;
  return [
    { method: 'POST', pattern: '/orders', handle: (request) => placeOrder(request, parts) },
    {
      method: 'GET',
      pattern: '/orders',
      handle: async ({ headers, query }) => {
        const { customer } = await tokens.verify(headers);
        const limit = listLimit.safeParse(query.get('limit') ?? undefined);
        if (!limit.success) throw new RequestProblem(422, 'limit must be a number from 1 to 100.');
        return json(200, { orders: await fromStore(() => orders.list(customer, limit.data)) });
      },
    },
    {
      method: 'GET',
      pattern: '/orders/count',
      handle: async ({ headers }) => {
        await tokens.verify(headers);
        return json(200, { count: await fromStore(() => orders.count()) });
      },
    },
    {
      method: 'GET',
      pattern: '/orders/:id',
      handle: async ({ headers, parameters }) => {
        const { customer } = await tokens.verify(headers);
        const id = orderId.safeParse(parameters['id']);
        const order = id.success ? await fromStore(() => orders.find(customer, id.data)) : undefined;
        if (order === undefined) throw new RequestProblem(404, 'You have no such order.');
        return json(200, order);
      },
    },
  ];
}
