import { Authorizer } from '../../engine/authorization.ts';
import type { TestingPorts } from '../../engine/environment-tests/environment-test.ts';
import { PromotionService } from '../../engine/promotion-service.ts';
import type { Rules } from '../../engine/rules/schema.ts';
import { builtInSteps } from '../../engine/steps/built-in-steps.ts';
import type { PostgresStore } from '../../engine/store/postgres/postgres-store.ts';
import type { Clock } from '../../engine/workflow/clock.ts';
import type { Ports } from '../../engine/workflow/ports.ts';
import { engineStateVersion } from '../../engine/workflow/state-version.ts';

/** The service of the large installation, which reaches nothing outside: what a benchmark asks is in the database. */
export function largeService(store: PostgresStore, rules: Rules, clock: Clock): PromotionService {
  return new PromotionService({
    store,
    authorizer: new Authorizer(store, false),
    rules: { current: () => Promise.resolve(rules) },
    steps: builtInSteps,
    ports: {} as Ports,
    testing: {} as TestingPorts,
    clock,
    stateVersion: engineStateVersion,
    dispatch: () => Promise.resolve(),
  });
}
