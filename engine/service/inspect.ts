import {
  inspectEnvironment,
  type EnvironmentReport,
  type InspectionRequest,
} from '../inspection/inspect-environment.ts';
import type { Rules } from '../rules/schema.ts';
import type { Actor } from '../workflow/actor.ts';
import { environmentTarget } from '../workflow/compile-target.ts';
import { chooseApplication, scopeOf } from './complete-request.ts';
import { ruledEnvironment } from './known-names.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';

/** An environment of an application; what is left out is what can only be meant. */
export interface Place {
  readonly application?: string | undefined;
  readonly environment: string;
}

/**
 * How an application does in an environment now, found out there.
 * @throws UnknownNameError, UnclearRequestError, NotAuthorizedError
 */
export async function inspect(
  context: ServiceContext,
  actor: Actor,
  place: Place,
  signal: AbortSignal,
): Promise<EnvironmentReport> {
  const rules = await context.rules.current();
  const sight = await requireToLook(context, actor, scopeOf(rules, place.application, place.environment));
  const application = chooseApplication(rules, place.application, sight);
  const environment = ruledEnvironment(rules, place.environment);
  const request = await inspectionOf(context, rules, application, environment);
  return inspectEnvironment(context.ports, request, signal);
}

/** What has to be known of an environment to look at it. */
export async function inspectionOf(
  { store, clock }: ServiceContext,
  rules: Rules,
  application: string,
  environment: string,
): Promise<InspectionRequest> {
  const releases = await store.listReleases(application);
  const newestFirst = releases.toSorted((left, right) => right.createdAt.getTime() - left.createdAt.getTime());
  const states = await store.environments(application);
  const recorded = states.find(({ name }) => name === environment)?.release;
  // An image that several releases share belongs to the one that is recorded there.
  const likeliest = recorded === undefined ? newestFirst : [recorded, ...newestFirst];
  return {
    application,
    target: environmentTarget(rules, application, environment),
    at: clock.now(),
    notDriven: notDriven(rules, environment),
    releaseOf: (service, digest) =>
      likeliest.find(({ content }) =>
        content.images.some((image) => image.service === service && image.digest === digest),
      )?.name,
  };
}

/** Why this version cannot look into an environment's deployment or metrics. */
export function notDriven(rules: Rules, environment: string): InspectionRequest['notDriven'] {
  const targets = rules.environments.find(({ name }) => name === environment)?.targets;
  const deployment = targets?.deployment.kind ?? 'unknown';
  const metrics = targets?.metrics.kind ?? 'unknown';
  return {
    deployment: deployment === 'local' ? undefined : `deployment kind ${deployment} is not driven by this version`,
    metrics: metrics === 'probe' ? undefined : `metrics kind ${metrics} is not read by this version`,
  };
}
