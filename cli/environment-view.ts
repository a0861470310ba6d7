import type {
  EnvironmentReport,
  EnvironmentState,
  StandingClosure,
  StoredOpenItem,
} from '../engine/promotion-service.ts';
import { withReleaseNames, type NamedPromotion } from './release-names.ts';
import type { Session } from './session.ts';

/** One environment of an application at one moment: what it shows of itself, and what is remembered about it. */
export interface EnvironmentView {
  readonly at: Date;
  readonly report: EnvironmentReport;
  /** Undefined: nothing was ever recorded to run there. */
  readonly state: EnvironmentState | undefined;
  readonly closures: readonly StandingClosure[];
  readonly openItems: readonly StoredOpenItem[];
  /** Promotions into it that have not ended, newest first. */
  readonly running: readonly NamedPromotion[];
}

const mostRunning = 20;

export async function readEnvironment(
  session: Session,
  application: string | undefined,
  environment: string,
  signal: AbortSignal,
): Promise<EnvironmentView> {
  const { service, actor } = session;
  const report = await service.inspect(actor, { application, environment }, signal);
  const place = { application: report.application, environment: report.environment };
  const states = await service.environments(actor, place.application);
  const closures = await service.closures(actor, place.application);
  const openItems = await service.openItems(actor, { application: place.application });
  const running = await service.list(actor, { ...place, isActive: true, limit: mostRunning });
  return {
    at: report.at,
    report,
    state: states.find(({ name }) => name === place.environment),
    closures: closures.filter((each) => each.environment === '*' || each.environment === place.environment),
    openItems: openItems.filter((each) => each.environment === place.environment),
    running: await withReleaseNames(session, running),
  };
}
