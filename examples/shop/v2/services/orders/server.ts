import { databaseCheck, openDatabase } from '../../platform/database.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { Flags } from '../../platform/flags.ts';
import { createStandardOutputLog } from '../../platform/log.ts';
import { Metrics } from '../../platform/metrics.ts';
import { Phase } from '../../platform/phase.ts';
import { runService } from '../../platform/run-service.ts';
import { readSettings } from '../../platform/settings.ts';
import { AccessTokens } from './access-token.ts';
import { CatalogueClient } from './catalogue-client.ts';
import { orderRoutes } from './order-routes.ts';
import { DatabaseOrderStore } from './order-store.ts';
import { orderSettings } from './settings.ts';

const service = 'orders';

await runService(service, () => {
  const environment = readEnvironment(['FLAGS_FILE', 'DATABASE_URL', 'CATALOGUE_URL', 'JWT_SECRET'], process.env);
  const identity = { service, release: environment.RELEASE };
  const log = createStandardOutputLog(identity);
  const database = openDatabase(environment.DATABASE_URL, service, log);
  const flags = new Flags(environment.FLAGS_FILE, log);
  const prices = new CatalogueClient(environment.CATALOGUE_URL);
  return {
    ...identity,
    port: environment.PORT,
    lameDuckMs: environment.LAME_DUCK_MS,
    log,
    phase: new Phase(),
    metrics: new Metrics(identity),
    routes: orderRoutes({
      tokens: new AccessTokens(environment.JWT_SECRET),
      orders: new DatabaseOrderStore(database),
      prices,
      flags,
      settings: readSettings(environment.CONFIG_FILE, orderSettings),
    }),
    health: [databaseCheck(database), ...prices.checks()],
    readiness: [databaseCheck(database)],
    close: () => {
      flags.close();
      return database.end();
    },
  };
});
