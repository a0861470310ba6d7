import type { ServiceStore } from '../../../engine/store/service-store.ts';
import type { Definition, EnvironmentTarget } from '../../../engine/workflow/definition.ts';
import { Draft, genesisHash } from '../../../engine/workflow/draft.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { newPromotionId, slotResources } from '../../../engine/workflow/run-promotion.ts';
import type { StepDefinition } from '../../../engine/workflow/step-definition.ts';

/** A slot, and what its promotions lock beside it. */
export interface Slot {
  readonly application: string;
  readonly sharedResources: readonly string[];
}

const environment = 'live';
const person = { id: 'ana', verified: false, roles: [], via: 'cli' } as const;

/** The first third of the slots by fours, the second by twos share a resource; the others have everything to themselves. */
export function makeSlots(count: number): readonly Slot[] {
  return Array.from({ length: count }, (_, index) => ({
    application: `app-${String(index)}`,
    sharedResources:
      index < count / 3
        ? [`shared:four-${String(Math.floor(index / 4))}`]
        : index < (count * 2) / 3
          ? [`shared:two-${String(Math.floor(index / 2))}`]
          : [],
  }));
}

/** Asks for a promotion in a slot, past the service, whose rules know nothing of these steps. @returns its id. */
export async function requestInSlot(
  store: ServiceStore,
  { application, sharedResources }: Slot,
  releaseId: string,
  steps: readonly StepDefinition[],
): Promise<string> {
  const at = new Date();
  const definition = definitionOf(steps, sharedResources);
  const record: PromotionRecord = {
    id: newPromotionId(),
    application,
    releaseId,
    fromEnvironment: 'dev',
    toEnvironment: environment,
    kind: 'promote',
    rollbackOf: undefined,
    isDryRun: false,
    lane: 'normal',
    overrides: [],
    state: 'INITIALIZING',
    parked: undefined,
    version: 0,
    fence: 0,
    eventSeq: 0,
    headHash: genesisHash,
    requestedBy: person,
    reason: undefined,
    definition,
    planHash: undefined,
    rollback: undefined,
    failure: undefined,
    holdsSlot: false,
    steps: definition.steps.map(({ name, version }, ordinal) => ({
      name,
      ordinal,
      version,
      status: 'pending',
      attempt: 0,
      startedAt: undefined,
      finishedAt: undefined,
      summary: undefined,
      output: undefined,
      checkpoint: undefined,
      error: undefined,
      compensation: undefined,
    })),
    stateVersion: 1,
    createdAt: at,
    updatedAt: at,
    endedAt: undefined,
  };
  const draft = new Draft(record, at, 1);
  draft.append('requested', person, {});
  draft.makeDue();
  return store.createPromotion({
    record,
    resources: slotResources(record),
    idempotencyKey: undefined,
    transition: draft.toTransition(undefined),
  });
}

/** @returns the id of the release that all promotions of an application move. */
export async function makeRelease(store: ServiceStore, application: string): Promise<string> {
  await store.createApplication(application);
  const digest = `sha256:${'0'.repeat(64)}`;
  const content = { images: [{ service: 'web', image: 'web', digest }], configuration: {}, flags: [] };
  const id = `rel-${application}`;
  await store.createRelease({ id, application, name: 'r1', digest, content, createdBy: person.id });
  return id;
}

function definitionOf(steps: readonly StepDefinition[], resources: readonly string[]): Definition {
  return {
    source: target('dev', []),
    target: target(environment, resources),
    gates: [],
    approvalStages: [],
    bakeSeconds: 0,
    contractAfterSeconds: 0,
    retry: { maximumAttempts: 100, initialDelaySeconds: 0.1, multiplier: 1, maximumDelaySeconds: 0.1, jitter: 0 },
    rollback: { isEnabled: true, timeoutSeconds: 300 },
    steps: steps.map(({ name, version, phase, isOptional }) => ({
      name,
      version,
      phase,
      isOptional,
      isCompensable: false,
      config: {},
    })),
    rulesHash: '0'.repeat(64),
  };
}

function target(name: string, resources: readonly string[]): EnvironmentTarget {
  return {
    name,
    registry: `registries/${name}`,
    configuration: { repository: 'configuration', branch: name, path: 'values.yaml' },
    database: undefined,
    hasFlags: false,
    services: [],
    resources,
  };
}
