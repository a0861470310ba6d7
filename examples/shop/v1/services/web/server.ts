import { readEnvironment } from '../../platform/environment.ts';
import { Flags } from '../../platform/flags.ts';
import { createStandardOutputLog } from '../../platform/log.ts';
import { Metrics } from '../../platform/metrics.ts';
import { Phase } from '../../platform/phase.ts';
import { runService } from '../../platform/run-service.ts';
import { ServiceClient } from '../../platform/service-client.ts';
import { readSettings } from '../../platform/settings.ts';
import { webSettings } from './settings.ts';
import { VisitorTokens } from './visitor.ts';
import { webRoutes } from './web-routes.ts';

const service = 'web';

await runService(service, () => {
  const environment = readEnvironment(['FLAGS_FILE', 'CATALOGUE_URL', 'ORDERS_URL', 'JWT_SECRET'], process.env);
  const identity = { service, release: environment.RELEASE };
  const log = createStandardOutputLog(identity);
  const flags = new Flags(environment.FLAGS_FILE, log);
  const catalogue = new ServiceClient('catalogue', environment.CATALOGUE_URL);
  const orders = new ServiceClient('orders', environment.ORDERS_URL);
  return {
    ...identity,
    port: environment.PORT,
    lameDuckMs: environment.LAME_DUCK_MS,
    log,
    phase: new Phase(),
    metrics: new Metrics(identity),
    routes: webRoutes({
      release: environment.RELEASE,
      catalogue,
      orders,
      tokens: new VisitorTokens(environment.JWT_SECRET),
      flags,
      settings: readSettings(environment.CONFIG_FILE, webSettings),
      log,
    }),
    health: [catalogue.check(), orders.check()],
    readiness: [],
    close: async () => {
      flags.close();
    },
  };
});
