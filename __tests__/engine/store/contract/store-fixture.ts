import type { ServiceStore } from '../../../../engine/store/service-store.ts';
import { engineActor } from '../../../../engine/workflow/actor.ts';
import { Draft } from '../../../../engine/workflow/draft.ts';
import type { PromotionRecord } from '../../../../engine/workflow/promotion.ts';
import { newPromotionId, slotResources } from '../../../../engine/workflow/run-promotion.ts';
import type { StepDefinition } from '../../../../engine/workflow/step-definition.ts';
import type { CommitOutcome } from '../../../../engine/workflow/transition.ts';
import { ana, sampleDefinition, samplePromotion, sampleRelease, sampleStep } from '../../workflow/sample-promotion.ts';
import type { StoreUnderTest } from '../promotion-store-contract.ts';

export type OpenStore = () => StoreUnderTest;

export const stateVersion = 1;
const threeSteps = [
  sampleStep({ name: 'look', phase: 'initialize' }),
  sampleStep({ name: 'back-up', phase: 'move' }),
  sampleStep({ name: 'deploy', phase: 'deploy' }),
];

export interface Requested extends Partial<Pick<PromotionRecord, 'kind' | 'state' | 'stateVersion' | 'rollback'>> {
  readonly application?: string;
  readonly environment?: string;
  /** Locked beside the slot. */
  readonly resources?: readonly string[];
  readonly release?: string;
  readonly idempotencyKey?: string;
  readonly steps?: readonly StepDefinition[];
  readonly dueAt?: Date;
}

/** Stores a release of an application, and the application with it. @returns its id. */
export async function addRelease(
  store: ServiceStore,
  application = 'shop',
  name = 'v2',
  content = sampleRelease.content,
): Promise<string> {
  await store.createApplication(application);
  const { createdBy } = sampleRelease;
  const digest = `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0')}`;
  const release = await store.createRelease({
    id: `rel-${application}-${name}`,
    application,
    name,
    digest,
    content,
    createdBy,
  });
  return release.id;
}

/** Stores a promotion that is due now, unless said otherwise. @returns its id. */
export async function requestPromotion(store: ServiceStore, requested: Requested = {}): Promise<string> {
  const {
    application = 'shop',
    environment = 'staging',
    resources = [],
    release = 'v2',
    steps = threeSteps,
  } = requested;
  const definition = sampleDefinition(steps);
  const target = { ...definition.target, name: environment, resources };
  const at = requested.dueAt ?? new Date();
  const { idempotencyKey, kind, state, rollback } = requested;
  const record = samplePromotion(
    { ...definition, target },
    {
      id: newPromotionId(),
      application,
      releaseId: await addRelease(store, application, release),
      createdAt: at,
      updatedAt: at,
      ...(kind === undefined ? {} : { kind }),
      ...(state === undefined ? {} : { state }),
      ...(rollback === undefined ? {} : { rollback }),
    },
  );
  const draft = new Draft(record, at, requested.stateVersion ?? stateVersion);
  draft.append('requested', ana, {});
  draft.makeDue();
  return store.createPromotion({
    record: { ...record, stateVersion: requested.stateVersion ?? stateVersion },
    resources: slotResources(record),
    idempotencyKey,
    transition: draft.toTransition(undefined),
  });
}

export async function load(store: ServiceStore, id: string): Promise<PromotionRecord> {
  const record = await store.load(id);
  if (record === undefined) throw new Error(`${id} is not in the store`);
  return record;
}

/** Claims one promotion as a run of its own would. */
export async function claimOne(store: ServiceStore, id: string, leaseSeconds = 60): Promise<PromotionRecord> {
  const [record] = await claim(store, { promotionId: id, leaseSeconds });
  if (record === undefined) throw new Error(`${id} could not be claimed`);
  return record;
}

export async function claim(
  store: ServiceStore,
  more: {
    readonly promotionId?: string;
    readonly leaseSeconds?: number;
    readonly limit?: number;
    readonly owner?: string;
    readonly now?: Date;
  } = {},
): Promise<readonly PromotionRecord[]> {
  const { promotionId, leaseSeconds = 60, limit = 10, owner = 'test', now } = more;
  const claimed = await store.claim({ owner, limit, leaseSeconds, stateVersion, promotionId, now });
  return claimed.map(({ promotion }) => promotion);
}

/** Commits what a run that holds the promotion changes. */
export function commit(
  store: ServiceStore,
  record: PromotionRecord,
  change: (draft: Draft) => void,
  fence: number | undefined = record.fence,
): Promise<CommitOutcome> {
  const draft = new Draft(record, new Date(), stateVersion);
  change(draft);
  return store.commit(draft.toTransition(fence));
}

/** Commits, and answers the promotion as it is then. @throws when the store refuses. */
export async function apply(
  store: ServiceStore,
  record: PromotionRecord,
  change: (draft: Draft) => void,
): Promise<PromotionRecord> {
  const outcome = await commit(store, record, change);
  if (outcome.outcome !== 'applied') throw new Error(`refused: ${outcome.outcome}`);
  return load(store, record.id);
}

/** Takes the slot and begins to roll out, as one transition. */
export function takeSlot(draft: Draft): void {
  if (draft.record.state !== 'QUEUED') draft.moveTo('QUEUED', engineActor);
  draft.acquireSlot(engineActor, slotResources(draft.record));
  draft.moveTo('PROMOTION_RUNNING', engineActor);
}

/** Stands in line, to be looked at again at a time. */
export function standInLine(until: Date | undefined): (draft: Draft) => void {
  return (draft) => {
    if (draft.record.state !== 'QUEUED') draft.moveTo('QUEUED', engineActor);
    draft.park({ reason: 'slot', detail: 'another promotion is running', until }, engineActor);
  };
}

/** Ends a promotion that holds its slot. */
export function finish(draft: Draft): void {
  draft.moveTo('PROMOTION_FAILED', engineActor);
  draft.moveTo('GENERATING_REPORTS', engineActor);
  draft.moveTo('NOTIFICATIONS_SENT', engineActor);
  draft.releaseSlot(engineActor);
  draft.moveTo('FAILED', engineActor);
}

/** So far ahead that nothing but a call wakes whoever waits until then. */
export const farAway = new Date('2200-01-01T00:00:00.000Z');
