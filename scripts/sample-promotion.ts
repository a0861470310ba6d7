import type { PromotionRecord, PromotionView, Release, StepRecord } from '../engine/promotion-service.ts';

/** The moment at which the sample begins; everything in it is at a fixed distance from it. */
export const sampleStart = new Date('2026-11-21T14:02:00.000Z');

export function afterStart(seconds: number): Date {
  return new Date(sampleStart.getTime() + seconds * 1000);
}

/** A step that is done, or whatever the changes make of it. */
export function sampleStep(name: string, changes: Partial<StepRecord> = {}): StepRecord {
  return {
    name,
    ordinal: 0,
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
    ...changes,
  };
}

export function doneStep(name: string, from: number, to: number, summary: string): StepRecord {
  const times = { startedAt: afterStart(from), finishedAt: afterStart(to) };
  return sampleStep(name, { status: 'done', attempt: 1, summary, ...times });
}

const phases = {
  'validate-conditions': 'conditions',
  'await-approval': 'approval',
  'back-up': 'move',
  'promote-configuration': 'move',
  'migrate-database': 'move',
  'promote-artifacts': 'move',
  deploy: 'deploy',
  verify: 'deploy',
  'verify-rollback': 'restoration',
} as const;
const compensable: readonly string[] = ['promote-configuration', 'migrate-database', 'promote-artifacts', 'deploy'];

const target: PromotionRecord['definition']['target'] = {
  name: 'staging',
  registry: 'registries/staging',
  configuration: { repository: 'configuration', branch: 'staging', path: 'staging/values.yaml' },
  database: 'shop-staging',
  hasFlags: false,
  services: [],
  resources: [],
};

export const sampleSteps: readonly StepRecord[] = [
  doneStep('validate-conditions', 0, 0.4, '6 gates passed   tests 214/214 · coverage 91 % ≥ 80 %'),
  doneStep('await-approval', 0.4, 0.4, 'not required on this path'),
  doneStep('back-up', 0.4, 1.2, 'commit 9c1e2f4 · database 1,204 rows'),
  doneStep('promote-configuration', 1.2, 1.4, '1 value changed in staging/values.yaml'),
  doneStep('migrate-database', 1.4, 1.7, '1 expand migration, lock ≤ 12 ms'),
  doneStep('promote-artifacts', 1.7, 2.1, '3 images by digest, 2 there already'),
  doneStep('deploy', 2.1, 5.2, 'rolling, 0 of 1,922 requests failed'),
  doneStep('verify', 5.2, 10.2, '3 services healthy in 4 looks, slowest 12 ms'),
];

/** A promotion of `shop v2` from dev to staging that went well, or whatever the changes make of it. */
export function samplePromotion(changes: Partial<PromotionRecord> = {}): PromotionRecord {
  return {
    id: 'pr-7f3a',
    application: 'shop',
    releaseId: 'rel-2',
    fromEnvironment: 'dev',
    toEnvironment: 'staging',
    kind: 'promote',
    rollbackOf: undefined,
    isDryRun: false,
    lane: 'normal',
    overrides: [],
    state: 'COMPLETED_SUCCESSFULLY',
    parked: undefined,
    version: 1,
    fence: 1,
    eventSeq: 1,
    headHash: '0'.repeat(64),
    requestedBy: { id: 'ana', verified: false, roles: ['promoter'], via: 'cli' },
    reason: undefined,
    definition: {
      source: { ...target, name: 'dev' },
      target,
      gates: [],
      approvalStages: [],
      bakeSeconds: 4,
      contractAfterSeconds: 86_400,
      retry: { maximumAttempts: 3, initialDelaySeconds: 0.2, multiplier: 2, maximumDelaySeconds: 2, jitter: 0 },
      rollback: { isEnabled: true, timeoutSeconds: 60 },
      steps: Object.entries(phases).map(([name, phase]) => ({
        name,
        version: 1,
        phase,
        isOptional: false,
        isCompensable: compensable.includes(name),
        config: {},
      })),
      rulesHash: '1'.repeat(64),
    },
    planHash: 'c0ffee7'.padEnd(64, '0'),
    rollback: undefined,
    failure: undefined,
    holdsSlot: false,
    steps: sampleSteps,
    stateVersion: 1,
    createdAt: sampleStart,
    updatedAt: afterStart(10.6),
    endedAt: afterStart(10.6),
    ...changes,
  };
}

export function sampleRelease(changes: Partial<Release> = {}): Release {
  const digest = `sha256:${'2'.repeat(64)}`;
  return {
    id: 'rel-2',
    application: 'shop',
    name: 'v2',
    digest,
    content: { images: [{ service: 'web', image: 'shop/web', digest }], configuration: {}, flags: [] },
    createdAt: sampleStart,
    createdBy: 'ana',
    ...changes,
  };
}

export function sampleView(changes: Partial<PromotionRecord> = {}, release: Partial<Release> = {}): PromotionView {
  return { promotion: samplePromotion(changes), release: sampleRelease(release), votes: [], plan: undefined };
}
