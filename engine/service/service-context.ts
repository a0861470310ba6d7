import type { Authorizer } from '../authorization.ts';
import type { TestingPorts } from '../environment-tests/environment-test.ts';
import type { SettingPlaceSource } from '../rules/rules-origin.ts';
import type { Rules } from '../rules/schema.ts';
import type { EnvironmentState, ServiceStore } from '../store/service-store.ts';
import type { Clock } from '../workflow/clock.ts';
import { Draft } from '../workflow/draft.ts';
import type { Ports } from '../workflow/ports.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { StepDefinition } from '../workflow/step-definition.ts';
import { refuseUnprintable } from './refuse-unprintable.ts';
import { NewerEngineError, NotFoundError } from './service-errors.ts';

/** Where the current rules come from; a promotion keeps those that it started with. */
export interface RulesSource {
  /** @throws when the rules cannot be read or are wrong. */
  current(): Promise<Rules>;
  /** Where their settings stand. Left out, or undefined: nobody knows. */
  origin?(): Promise<SettingPlaceSource | undefined>;
}

/** What the service's commands work with. */
export interface ServiceContext {
  readonly store: ServiceStore;
  readonly authorizer: Authorizer;
  readonly rules: RulesSource;
  readonly steps: readonly StepDefinition[];
  /** The world outside, for questions that are asked without a promotion. */
  readonly ports: Ports;
  /** What tests of an environment need beside them. */
  readonly testing: TestingPorts;
  readonly clock: Clock;
  readonly stateVersion: number;
  /** Hands due promotions to the executor, after a command has made one due. */
  dispatch(): Promise<void>;
}

/** As much of the engine's memory as decides whether a promotion may be asked for. */
export interface AdmissionStore extends Pick<
  ServiceStore,
  'findRelease' | 'listReleases' | 'deployedReleases' | 'holdersOf'
> {
  environments(application: string): Promise<readonly Pick<EnvironmentState, 'release'>[]>;
  load(promotionId: string): Promise<Pick<PromotionRecord, 'lane'> | undefined>;
}

/** What decides whether a promotion may be asked for, now or, from what is remembered, at another time. */
export interface AdmissionContext {
  readonly store: AdmissionStore;
  readonly authorizer: Pick<Authorizer, keyof Authorizer>;
  readonly clock: Clock;
}

/** @throws NotFoundError, NewerEngineError */
export async function loadPromotion(context: ServiceContext, id: string): Promise<PromotionRecord> {
  refuseUnprintable('promotion', id);
  const record = await context.store.load(id);
  if (record === undefined) throw new NotFoundError(`there is no promotion ${id}; promote list shows those there are`);
  if (record.stateVersion > context.stateVersion) {
    throw new NewerEngineError(id, record.stateVersion, context.stateVersion);
  }
  return record;
}

/**
 * Changes a promotion by a person's command: decides on what is stored now, and again when a run or another command
 * wrote in between.
 * @param change throws to refuse; nothing is then written, nor when it leaves the draft as it is.
 */
export async function changePromotion(
  context: ServiceContext,
  id: string,
  change: (draft: Draft) => void | Promise<void>,
): Promise<PromotionRecord> {
  for (;;) {
    const record = await loadPromotion(context, id);
    const draft = new Draft(record, context.clock.now(), context.stateVersion);
    await change(draft);
    const transition = draft.toTransition(undefined);
    if (transition.events.length === 0 && transition.dueAt === undefined) return record;
    const outcome = await context.store.commit(transition);
    if (outcome.outcome === 'applied') {
      await context.dispatch();
      return { ...draft.record, version: outcome.version, fence: outcome.fence };
    }
    if (outcome.outcome === 'missing') throw new NotFoundError(`there is no promotion ${id}`);
  }
}
