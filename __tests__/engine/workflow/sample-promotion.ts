import { z } from 'zod';
import type { Release } from '../../../engine/release.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import type { Definition, StepPhase } from '../../../engine/workflow/definition.ts';
import { genesisHash } from '../../../engine/workflow/draft.ts';
import type { PromotionRecord, StepRecord } from '../../../engine/workflow/promotion.ts';
import { defineStep, type StepDefinition } from '../../../engine/workflow/step-definition.ts';

export const ana: Actor = { id: 'ana@shop.example', verified: true, roles: ['promoter'], via: 'cli' };
export const moment = new Date('2026-11-20T10:00:00.000Z');

export const sampleRelease: Release = {
  id: 'rel-shop-v2',
  application: 'shop',
  name: 'v2',
  digest: `sha256:${'2'.repeat(64)}`,
  content: {
    images: [{ service: 'api', image: 'api', digest: `sha256:${'a'.repeat(64)}` }],
    configuration: {},
    flags: [],
  },
  createdAt: moment,
  createdBy: 'ana@shop.example',
};

/** A step of a test: what it is called, where it stands, and what it does. */
export interface SampleStep extends Partial<Pick<StepDefinition, 'run' | 'compensate'>> {
  readonly name: string;
  readonly phase: StepPhase;
  readonly isOptional?: boolean;
}

export function sampleStep({ name, phase, isOptional = false, run, compensate }: SampleStep): StepDefinition {
  return defineStep<unknown>({
    name,
    version: 1,
    oldestVersion: 1,
    phase,
    title: name,
    isOptional,
    configSchema: z.unknown(),
    run: run ?? (async () => ({ kind: 'done', summary: `${name} done`, output: {} })),
    ...(compensate === undefined ? {} : { compensate }),
  });
}

export function sampleDefinition(steps: readonly StepDefinition[], more: Partial<Definition> = {}): Definition {
  const environment = (name: string): Definition['target'] => ({
    name,
    registry: name,
    configuration: { repository: 'configuration', branch: name, path: 'values.yaml' },
    database: undefined,
    hasFlags: false,
    services: [],
    resources: [],
  });
  return {
    source: environment('dev'),
    target: environment('staging'),
    gates: [],
    approvalStages: [],
    bakeSeconds: 0,
    contractAfterSeconds: 86_400,
    retry: { maximumAttempts: 3, initialDelaySeconds: 0, multiplier: 2, maximumDelaySeconds: 60, jitter: 0 },
    rollback: { isEnabled: true, timeoutSeconds: 300 },
    steps: steps.map((step) => ({
      name: step.name,
      version: step.version,
      phase: step.phase,
      isOptional: step.isOptional,
      isCompensable: step.compensate !== undefined,
      config: {},
    })),
    rulesHash: '0'.repeat(64),
    ...more,
  };
}

export function pendingStep(name: string, ordinal: number): StepRecord {
  return {
    name,
    ordinal,
    version: 1,
    status: 'pending',
    attempt: 0,
    startedAt: undefined,
    finishedAt: undefined,
    summary: undefined,
    output: undefined,
    checkpoint: undefined,
    error: undefined,
    compensation: undefined,
  };
}

export function samplePromotion(definition: Definition, more: Partial<PromotionRecord> = {}): PromotionRecord {
  return {
    id: 'pr-0000000001',
    application: 'shop',
    releaseId: sampleRelease.id,
    fromEnvironment: definition.source.name,
    toEnvironment: definition.target.name,
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
    requestedBy: ana,
    reason: undefined,
    definition,
    planHash: undefined,
    rollback: undefined,
    failure: undefined,
    holdsSlot: false,
    steps: definition.steps.map((step, ordinal) => pendingStep(step.name, ordinal)),
    stateVersion: 1,
    createdAt: moment,
    updatedAt: moment,
    endedAt: undefined,
    ...more,
  };
}
