import type { Release } from '../release.ts';
import type { EnvironmentTarget } from '../workflow/definition.ts';

/** Variables by name: the environment of a command, the body of an HTTP call. */
export type ActionFacts = Readonly<Record<string, string>>;

export interface ActionSubject {
  readonly release: Release;
  readonly source: Pick<EnvironmentTarget, 'name'>;
  readonly target: Pick<EnvironmentTarget, 'name' | 'registry'>;
  /** Undefined where something is judged that no promotion was asked for. */
  readonly promotionId: string | undefined;
  /** The same for every attempt: what is found under it was done already. */
  readonly key: string;
  /** What the rules call the step, gate or test. */
  readonly name: string;
  readonly purpose: 'run' | 'undo' | 'check' | 'test';
  /** How the promotion stands, once that is known: `succeeded`, `failed` or `rolled-back`. */
  readonly outcome?: string;
  /** Where the target's services are reached, by name. */
  readonly addresses?: Readonly<Record<string, string>>;
}

/** The promotion as an action sees it. Documented in docs/steps.md. */
export function actionFacts(subject: ActionSubject): ActionFacts {
  const { release, source, target, promotionId, outcome, addresses = {} } = subject;
  const facts: Record<string, string> = {
    ...(promotionId === undefined ? {} : { PROMOTION_ID: promotionId }),
    PROMOTION_KEY: subject.key,
    PROMOTION_STEP: subject.name,
    PROMOTION_PURPOSE: subject.purpose,
    ...(outcome === undefined ? {} : { PROMOTION_OUTCOME: outcome }),
    APPLICATION: release.application,
    FROM_ENV: source.name,
    TO_ENV: target.name,
    RELEASE: release.name,
    RELEASE_DIGEST: release.digest,
  };
  for (const { service, image, digest } of release.content.images) {
    facts[`IMAGE_${variableName(service)}`] = `${target.registry}/${image}@${digest}`;
  }
  for (const [service, address] of Object.entries(addresses)) facts[`SERVICE_URL_${variableName(service)}`] = address;
  return facts;
}

/** `order-history` as part of a variable's name: `ORDER_HISTORY`. */
function variableName(service: string): string {
  return service.toUpperCase().replaceAll('-', '_');
}
