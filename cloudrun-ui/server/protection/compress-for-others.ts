import { getConnInfo } from '@hono/node-server/conninfo';
import { compress } from 'hono/compress';
import { createMiddleware } from 'hono/factory';
import { isLoopback } from './loopback.ts';

const packed = compress();

/**
 * Packs answers for whoever is elsewhere. On this machine packing takes longer than sending; a proxy that runs on it says for
 * whom it asks.
 */
export const compressForOthers = createMiddleware((context, next) => {
  const isForElsewhere = ['X-Forwarded-For', 'Forwarded', 'Via'].some((name) => context.req.header(name) !== undefined);
  // In tests that ask without a socket there is no address.
  const address = context.env === undefined ? undefined : getConnInfo(context).remote.address;
  if (!isForElsewhere && address !== undefined && isLoopback(address)) return next();
  return packed(context, next);
});
