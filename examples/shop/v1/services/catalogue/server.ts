import * as z from 'zod';
import { databaseCheck, openDatabase } from '../../platform/database.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { createStandardOutputLog } from '../../platform/log.ts';
import { Metrics } from '../../platform/metrics.ts';
import { Phase } from '../../platform/phase.ts';
import { runService } from '../../platform/run-service.ts';
import { readSettings } from '../../platform/settings.ts';
import { catalogueRoutes } from './catalogue-routes.ts';
import { DatabaseProductStore } from './product-store.ts';

const service = 'catalogue';

await runService(service, () => {
  const environment = readEnvironment(['DATABASE_URL'], process.env);
  const { currency } = readSettings(environment.CONFIG_FILE, { currency: z.string().length(3) });
  const identity = { service, release: environment.RELEASE };
  const log = createStandardOutputLog(identity);
  const database = openDatabase(environment.DATABASE_URL, service, log);
  return {
    ...identity,
    port: environment.PORT,
    lameDuckMs: environment.LAME_DUCK_MS,
    log,
    phase: new Phase(),
    metrics: new Metrics(identity),
    routes: catalogueRoutes(new DatabaseProductStore(database), currency),
    health: [databaseCheck(database)],
    readiness: [databaseCheck(database)],
    close: () => database.end(),
  };
});
