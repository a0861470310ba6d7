import { ServiceClient } from '../platform/service-client.ts';
import { VisitorTokens } from '../services/web/visitor.ts';
import type { WebParts } from '../services/web/web-routes.ts';
import { secret } from './order-parts.ts';
import { recordedLog } from './recorded-log.ts';

export function webParts(catalogueUrl: string, ordersUrl: string, flagsOn: readonly string[] = []): WebParts {
  return {
    release: 'v1',
    catalogue: new ServiceClient('catalogue', catalogueUrl, 500),
    orders: new ServiceClient('orders', ordersUrl, 500),
    tokens: new VisitorTokens(secret),
    flags: { isOn: (key) => flagsOn.includes(key) },
    settings: { shopName: 'Shop <dev>', notice: 'Nothing is sent.', giftNoteMaximumLength: 20 },
    log: recordedLog().log,
  };
}
