import type { Flags } from '../../platform/flags.ts';
import type { Log } from '../../platform/log.ts';
import { RequestProblem, text } from '../../platform/reply.ts';
import type { Reply } from '../../platform/reply.ts';
import type { Route, ServiceRequest } from '../../platform/route.ts';
import type { ServiceClient } from '../../platform/service-client.ts';
import { browserScript } from './browser-script.ts';
import type { WebSettings } from './settings.ts';
import { readOrders, readProducts } from './shop-apis.ts';
import { renderShopPage } from './shop-page.ts';
import { newVisitor, visitorCookie, visitorOf } from './visitor.ts';
import type { VisitorTokens } from './visitor.ts';

export interface WebParts {
  readonly release: string;
  readonly catalogue: ServiceClient;
  readonly orders: ServiceClient;
  readonly tokens: VisitorTokens;
  readonly flags: Pick<Flags, 'isOn'>;
  readonly settings: WebSettings;
  readonly log: Log;
}

const contentSecurityPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'none'";

async function unavailable<T>(service: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new RequestProblem(503, `The ${service} cannot be reached at the moment. Try again.`, { cause: error });
  }
}

/** A visitor's own orders; the page is worth showing without them. */
async function ordersOf(parts: WebParts, visitor: string, requestId: string): ReturnType<typeof ordersOrHidden> {
  try {
    return await ordersOrHidden(parts, visitor, requestId);
  } catch (error) {
    parts.log.error('orders-not-shown', error, { requestId });
    return undefined;
  }
}

async function ordersOrHidden(
  { flags, orders, tokens }: WebParts,
  visitor: string,
  requestId: string,
): Promise<Awaited<ReturnType<typeof readOrders>> | 'hidden' | undefined> {
  if (!flags.isOn('order-history', visitor)) return 'hidden';
  return readOrders(orders, await tokens.authorization(visitor), requestId);
}

async function showShop({ headers, requestId }: ServiceRequest, parts: WebParts): Promise<Reply> {
  const visitor = visitorOf(headers) ?? newVisitor();
  const [products, orders] = await Promise.all([
    unavailable('catalogue', readProducts(parts.catalogue, requestId)),
    ordersOf(parts, visitor, requestId),
  ]);
  const { release, settings, flags } = parts;
  const offersGiftNotes = flags.isOn('gift-notes', visitor);
  return text(200, 'text/html', renderShopPage({ release, settings, products, orders, offersGiftNotes }), {
    'cache-control': 'no-store',
    'content-security-policy': contentSecurityPolicy,
    'set-cookie': visitorCookie(visitor),
  });
}

/** Who calls the pass-through: whoever the caller's own token names, or else the visitor of the page. */
async function authorizationOf({ headers }: ServiceRequest, tokens: VisitorTokens): Promise<string> {
  if (headers.authorization !== undefined) return headers.authorization;
  const visitor = visitorOf(headers);
  if (visitor === undefined) throw new RequestProblem(401, 'Open the shop first: this request names no visitor.');
  return tokens.authorization(visitor);
}

async function passToOrders(method: 'GET' | 'POST', request: ServiceRequest, parts: WebParts): Promise<Reply> {
  const authorization = await authorizationOf(request, parts.tokens);
  const body = method === 'POST' ? { body: JSON.stringify(await request.readJson()) } : {};
  const { requestId, query } = request;
  const path = query.size === 0 ? '/orders' : `/orders?${query.toString()}`;
  return unavailable('orders API', parts.orders.call({ method, path, authorization, requestId, ...body }));
}

export function webRoutes(parts: WebParts): readonly Route[] {
  return [
    { method: 'GET', pattern: '/', handle: (request) => showShop(request, parts) },
    { method: 'GET', pattern: '/shop.js', handle: () => text(200, 'text/javascript', browserScript) },
    { method: 'GET', pattern: '/api/orders', handle: (request) => passToOrders('GET', request, parts) },
    { method: 'POST', pattern: '/api/orders', handle: (request) => passToOrders('POST', request, parts) },
  ];
}
