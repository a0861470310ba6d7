import { Pool } from 'pg';
import { z } from 'zod';
import { connectStore } from '../../engine/store/postgres/connect.ts';
import { SystemClock } from '../../engine/workflow/clock.ts';
import type { Definition } from '../../engine/workflow/definition.ts';
import { Draft, genesisHash } from '../../engine/workflow/draft.ts';
import type { Ports } from '../../engine/workflow/ports.ts';
import type { PromotionRecord } from '../../engine/workflow/promotion.ts';
import { newPromotionId, slotResources } from '../../engine/workflow/run-promotion.ts';
import { defineStep, type StepDefinition } from '../../engine/workflow/step-definition.ts';
import { StepRegistry } from '../../engine/workflow/step-registry.ts';
import { Worker } from '../../engine/workflow/worker.ts';

const stepCount = 10;
const stateVersion = 1;

/** Ten steps that only answer, so that what is measured is the workflow and its database. */
export const benchSteps: readonly StepDefinition[] = Array.from({ length: stepCount }, (_, index) =>
  defineStep({
    name: `step-${String(index + 1)}`,
    version: 1,
    oldestVersion: 1,
    phase: 'move',
    title: `step ${String(index + 1)}`,
    isOptional: false,
    configSchema: z.object({}),
    async run() {
      return { kind: 'done', summary: 'ok', output: { step: index + 1 } };
    },
  }),
).map((step) => step as StepDefinition);

const target = (name: string) => ({
  name,
  registry: `registries/${name}`,
  configuration: { repository: 'configuration', branch: name, path: 'values.yaml' },
  database: undefined,
  hasFlags: false,
  services: [],
  resources: [],
});

const definition: Definition = {
  source: target('dev'),
  target: target('staging'),
  gates: [],
  approvalStages: [],
  bakeSeconds: 0,
  retry: { maximumAttempts: 3, initialDelaySeconds: 1, multiplier: 2, maximumDelaySeconds: 10, jitter: 0 },
  rollback: { isEnabled: true, timeoutSeconds: 300 },
  steps: benchSteps.map((step) => ({
    name: step.name,
    version: step.version,
    phase: step.phase,
    isOptional: false,
    isCompensable: false,
    config: {},
  })),
  rulesHash: '0'.repeat(64),
};

/** Runs `count` promotions of ten steps, `concurrency` at a time, each in a slot of its own. @returns seconds. */
export async function runOurs(databaseUrl: string, count: number, concurrency: number): Promise<number> {
  const { store, close } = await connectStore({ url: databaseUrl });
  try {
    const ids = await request(store, count);
    const worker = new Worker(
      {
        store,
        ports: {} as Ports,
        steps: new StepRegistry(benchSteps),
        clock: new SystemClock(),
        stateVersion,
        random: Math.random,
      },
      { owner: 'bench', concurrency, onError: (id, error) => { throw error; } },
    );
    const started = performance.now();
    await worker.run();
    const seconds = (performance.now() - started) / 1000;
    await assertCompleted(databaseUrl, ids);
    return seconds;
  } finally {
    await close();
  }
}

async function request(store: Awaited<ReturnType<typeof connectStore>>['store'], count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  const content = {
    images: [{ service: 'web', image: 'web', digest: `sha256:${'0'.repeat(64)}` }],
    configuration: {},
    flags: [],
  };
  for (let index = 0; index < count; index += 1) {
    const application = `app-${String(index)}`;
    await store.createApplication(application);
    const release = await store.createRelease({
      id: `rel-${application}`,
      application,
      name: 'v1',
      digest: `sha256:${'0'.repeat(64)}`,
      content,
      createdBy: 'bench',
    });
    const at = new Date();
    const record: PromotionRecord = {
      id: newPromotionId(),
      application,
      releaseId: release.id,
      fromEnvironment: 'dev',
      toEnvironment: 'staging',
      kind: 'promote',
      rollbackOf: undefined,
      isDryRun: false,
      state: 'INITIALIZING',
      parked: undefined,
      version: 0,
      fence: 0,
      eventSeq: 0,
      headHash: genesisHash,
      requestedBy: { id: 'bench', verified: false, roles: [], via: 'cli' },
      reason: undefined,
      definition,
      planHash: undefined,
      rollback: undefined,
      failure: undefined,
      holdsSlot: false,
      steps: definition.steps.map((step, ordinal) => ({
        name: step.name,
        ordinal,
        version: 1,
        status: 'pending' as const,
        attempt: 0,
        startedAt: undefined,
        finishedAt: undefined,
        summary: undefined,
        output: undefined,
        checkpoint: undefined,
        error: undefined,
        compensation: undefined,
      })),
      stateVersion,
      createdAt: at,
      updatedAt: at,
      endedAt: undefined,
    };
    const draft = new Draft(record, at, stateVersion);
    draft.append('requested', record.requestedBy, {});
    draft.makeDue();
    ids.push(
      await store.createPromotion({
        record,
        resources: slotResources(record),
        idempotencyKey: undefined,
        transition: draft.toTransition(undefined),
      }),
    );
  }
  return ids;
}

/** A benchmark of work that was not done would be worth nothing. */
async function assertCompleted(databaseUrl: string, ids: readonly string[]): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  try {
    const { rows } = await pool.query<{ promotions: string; steps: string }>(
      `select count(distinct p.id) as promotions, count(s.name) as steps
       from promotion p join step s on s.promotion_id = p.id and s.status = 'done'
       where p.id = any ($1) and p.state = 'COMPLETED_SUCCESSFULLY'`,
      [ids],
    );
    const [row] = rows;
    if (Number(row?.promotions) !== ids.length || Number(row?.steps) !== ids.length * stepCount) {
      throw new Error(`only ${String(row?.promotions)} of ${String(ids.length)} promotions completed`);
    }
  } finally {
    await pool.end();
  }
}
