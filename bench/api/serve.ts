import pino from 'pino';
import type { AuditKeeping } from '../../cloudrun-ui/server/audit/audit-desk.ts';
import type { Identity } from '../../cloudrun-ui/server/identity/identity.ts';
import { startServer } from '../../cloudrun-ui/server/start-server.ts';
import { Authorizer } from '../../engine/authorization.ts';
import type { TestingPorts } from '../../engine/environment-tests/environment-test.ts';
import { PromotionService, type Actor } from '../../engine/promotion-service.ts';
import { builtInSteps } from '../../engine/steps/built-in-steps.ts';
import { PostgresChanges } from '../../engine/store/postgres/change-listener.ts';
import { connectStore } from '../../engine/store/postgres/connect.ts';
import { VirtualClock } from '../../engine/workflow/clock.ts';
import type { Ports } from '../../engine/workflow/ports.ts';
import { engineStateVersion } from '../../engine/workflow/state-version.ts';
import { now } from '../scale/installation-size.ts';
import { readLargeRules } from '../scale/large-rules.ts';
import { intoProduction } from './waiting.ts';

/** The server of the benchmark, in a process of its own as anywhere: `serve.ts <database URL>`. Sends its address to whoever started it. */
const [url = ''] = process.argv.slice(2);

/** Everybody is somebody of his own, who may look and approve. */
const byName: Identity = {
  kind: 'iap',
  identify({ headers }) {
    const id = `${headers.get('X-Bench-Person') ?? 'nobody'}@shop.example`;
    const actor: Actor = { id, verified: true, roles: ['viewer', 'approver'], via: 'ui' };
    return Promise.resolve({ kind: 'known', actor });
  },
};

const { store, close } = await connectStore({ url });
const clock = new VirtualClock(now);
const rules = readLargeRules(intoProduction);
const changes = new PostgresChanges(url);
await changes.start();
const server = await startServer(
  {
    version: 'bench',
    service: new PromotionService({
      store,
      authorizer: new Authorizer(store, false),
      rules: { current: () => Promise.resolve(rules) },
      steps: builtInSteps,
      // No page of the benchmark reaches outside.
      ports: {} as Ports,
      testing: {} as TestingPorts,
      clock,
      stateVersion: engineStateVersion,
      dispatch: () => Promise.resolve(),
    }),
    identity: byName,
    answers: store.answers,
    clock,
    log: pino({ level: 'warn' }),
    webFolder: undefined,
    publicOrigin: undefined,
    limits: { bodyBytes: 1000, burst: 1e9, requestsPerSecond: 1e9 },
    changes,
    keeping: {} as AuditKeeping,
    versions: () => store.versions(new Date(clock.now().getTime() - 60_000)),
    checkReady: () => Promise.resolve(),
  },
  { address: '127.0.0.1', port: 0 },
);
process.send?.({ url: server.url });
const stopped = Promise.withResolvers<undefined>();
process.on('message', (message) => {
  if (message === 'cpu') process.send?.({ cpuMs: cpuMs() });
  else stopped.resolve(undefined);
});
await stopped.promise;
await server.stop();
await changes.close();
await close();
process.disconnect();

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
