import pino from 'pino';
import type { Identity } from '../../cloudrun-ui/server/identity/identity.ts';
import { defaultLimits } from '../../cloudrun-ui/server/server-ports.ts';
import { startServer } from '../../cloudrun-ui/server/start-server.ts';
import { Authorizer } from '../../engine/authorization.ts';
import { PromotionService } from '../../engine/promotion-service.ts';
import { builtInSteps } from '../../engine/steps/built-in-steps.ts';
import { PostgresChanges } from '../../engine/store/postgres/change-listener.ts';
import { connectStore } from '../../engine/store/postgres/connect.ts';
import { SystemClock } from '../../engine/workflow/clock.ts';
import { operator, rulesOf, rulesText } from '../engine/service/service-fixture.ts';
import { noKeeping } from '../support/no-keeping.ts';
import { unreachablePorts, unreachableTesting } from '../support/unreachable-ports.ts';

/** One of several servers on one database: `serve-instance.ts <database URL> <port>`. Tells whoever started it when it answers. */
const [url = '', port = '0'] = process.argv.slice(2);

/** Everybody is an operator with a name of his own. */
const byName: Identity = {
  kind: 'iap',
  identify: ({ headers }) =>
    Promise.resolve({
      kind: 'known',
      actor: { ...operator, id: headers.get('X-Test-Person') ?? operator.id, via: 'ui' },
    }),
};

const { store } = await connectStore({ url, maximumConnections: 4 });
const changes = new PostgresChanges(url);
await changes.start();
const clock = new SystemClock();
await startServer(
  {
    version: '1',
    service: new PromotionService({
      store,
      authorizer: new Authorizer(store, false),
      rules: { current: () => Promise.resolve(rulesOf(rulesText())) },
      steps: builtInSteps,
      ports: unreachablePorts,
      testing: unreachableTesting,
      clock,
      stateVersion: 1,
      // What is asked for is looked at, and run by nobody.
      dispatch: () => Promise.resolve(),
    }),
    identity: byName,
    answers: store.answers,
    clock,
    log: pino({ level: 'error' }),
    webFolder: undefined,
    publicOrigin: undefined,
    limits: { ...defaultLimits, burst: 1e9, requestsPerSecond: 1e9 },
    changes,
    keeping: noKeeping,
    versions: () => store.versions(new Date(clock.now().getTime() - 60_000)),
    checkReady: () => Promise.resolve(),
  },
  { address: '127.0.0.1', port: Number(port) },
);
process.send?.('ready');
// Whoever started it is gone, in whatever way.
process.on('disconnect', () => process.exit());
