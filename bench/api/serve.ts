import type { Identity } from '../../cloudrun-ui/server/identity/identity.ts';
import type { Actor } from '../../engine/promotion-service.ts';
import { connectStore } from '../../engine/store/postgres/connect.ts';
import { VirtualClock } from '../../engine/workflow/clock.ts';
import { now } from '../scale/installation-size.ts';
import { readLargeRules } from '../scale/large-rules.ts';
import { largeService } from '../scale/large-service.ts';
import { serveLarge } from '../scale/serve-large.ts';
import { intoProduction } from './waiting.ts';

/** The server of the benchmark, in a process of its own as anywhere: `serve.ts <database URL>`. Sends its address to whoever started it. */
const [databaseUrl = ''] = process.argv.slice(2);

/** Everybody is somebody of his own, who may look and approve. */
const byName: Identity = {
  kind: 'iap',
  identify({ headers }) {
    const id = `${headers.get('X-Bench-Person') ?? 'nobody'}@shop.example`;
    const actor: Actor = { id, verified: true, roles: ['viewer', 'approver'], via: 'ui' };
    return Promise.resolve({ kind: 'known', actor });
  },
};

const { store, close } = await connectStore({ url: databaseUrl });
const clock = new VirtualClock(now);
const service = largeService(store, readLargeRules(intoProduction), clock);
const server = await serveLarge({ databaseUrl, store, service, clock }, byName);
process.send?.({ url: server.url });
const stopped = Promise.withResolvers<undefined>();
process.on('message', (message) => {
  if (message === 'cpu') process.send?.({ cpuMs: cpuMs() });
  else stopped.resolve(undefined);
});
await stopped.promise;
await server.stop();
await close();
process.disconnect();

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
