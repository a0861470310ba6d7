import type { WorkflowStore } from '../../../engine/store/workflow-store.ts';
import { VirtualClock } from '../../../engine/workflow/clock.ts';
import { LogBuffer } from '../../../engine/workflow/log-buffer.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import { PromotionRun } from '../../../engine/workflow/run-promotion.ts';
import { rollbackInstructions } from '../../../engine/workflow/rollback-instructions.ts';
import { StepRegistry } from '../../../engine/workflow/step-registry.ts';
import { MemoryWorkflowStore } from './memory-workflow-store.ts';
import { moment, sampleDefinition, samplePromotion, sampleRelease, sampleStep } from './sample-promotion.ts';

const compensate = async () => ({ kind: 'done', summary: '', output: {} }) as const;
const previous = {
  release: 'v1',
  services: [{ name: 'api', repository: 'staging/api', digest: 'sha256:old' }],
};
const steps = [
  sampleStep({
    name: 'back-up',
    phase: 'move',
    run: async () => ({
      kind: 'done',
      summary: 'commit 9c1e2f4',
      output: { commit: '9c1e2f4', databaseBackup: 'backup-1', desired: previous },
    }),
  }),
  sampleStep({
    name: 'migrate-database',
    phase: 'move',
    compensate,
    run: async () => ({ kind: 'done', summary: 'ok', output: { applied: [4] } }),
  }),
  sampleStep({
    name: 'deploy',
    phase: 'deploy',
    compensate,
    run: () => Promise.reject(new SyntaxError('it does not start')),
  }),
];

/** A promotion whose deployment fails where nothing is taken back by itself; time moves only by hand. */
class Waiting {
  readonly clock = new VirtualClock(moment);
  readonly store: MemoryWorkflowStore;

  constructor() {
    const base = sampleDefinition(steps, {
      rollback: { isEnabled: false, timeoutSeconds: 300, escalateTo: ['on-call'] },
    });
    const definition = { ...base, target: { ...base.target, database: 'shop-staging' } };
    this.store = new MemoryWorkflowStore(samplePromotion(definition), sampleRelease, () => undefined);
  }

  async run(): Promise<void> {
    const store = this.store as unknown as WorkflowStore;
    const ports = {} as Ports;
    const engine = {
      store,
      ports,
      steps: new StepRegistry(steps),
      clock: this.clock,
      stateVersion: 1,
      random: () => 0,
    };
    await new PromotionRun(engine, new LogBuffer(store), this.store.claim()).run();
  }

  get told() {
    return this.store.transitions
      .flatMap(({ outbox }) => outbox)
      .filter(({ type }) => type.startsWith('rollback.'))
      .map(({ type, body }) => ({ type, body }));
  }
}

describe('a promotion that failed half-way, where the rules leave the rollback to a person', () => {
  it('waits with its slot, and tells somebody exactly what to type', async () => {
    const waiting = new Waiting();
    await waiting.run();
    expect(waiting.store.record).toMatchObject({
      state: 'PROMOTION_FAILED',
      holdsSlot: true,
      endedAt: undefined,
      parked: { reason: 'manual', until: new Date(moment.getTime() + 300_000) },
    });
    expect(waiting.told).toEqual([
      {
        type: 'rollback.needed',
        body: expect.objectContaining({ step: 'deploy', error: 'it does not start' }) as unknown,
      },
    ]);
    const instructions = waiting.told[0]?.body['instructions'];
    expect(instructions).toEqual(rollbackInstructions(waiting.store.record));
    const text = rollbackInstructions(waiting.store.record).join('\n');
    expect(text).toContain('promote rollback pr-0000000001 --yes    # takes it back: deploy, migrate-database');
    expect(text).toContain('git clone --branch staging configuration take-back-pr-0000000001');
    expect(text).toContain('git checkout 9c1e2f4 -- values.yaml');
    expect(text).toContain('# deploy api: staging/api@sha256:old    # v1');
    expect(text).toContain('migrations 4 may stay');
    expect(text).toContain('the backup backup-1; putting it back discards what was written since');
    expect(text).toContain('promote rollback --confirm pr-0000000001');
    expect(text).toContain('promote retry pr-0000000001');
  });

  it('is not told of a back-up that the rules leave out', async () => {
    const waiting = new Waiting();
    await waiting.run();
    const { record } = waiting.store;
    const noted = record.steps.map((step) =>
      step.name === 'back-up'
        ? { ...step, name: 'note-target', output: { commit: '9c1e2f4', desired: previous } }
        : step,
    );
    const text = rollbackInstructions({
      ...record,
      steps: noted,
      definition: { ...record.definition, leftOut: ['back-up'] },
    }).join('\n');
    expect(text).toContain('git clone --branch staging configuration take-back-pr-0000000001');
    expect(text).toContain('git checkout 9c1e2f4 -- values.yaml');
    expect(text).toContain('# deploy api: staging/api@sha256:old    # v1');
    expect(text).toContain('the rules leave out back-up, so there is none that could be put back');
    expect(text).not.toContain('backup-1');
  });

  it('calls whoever is on call once for each time that passes, and never gives up the wait', async () => {
    const waiting = new Waiting();
    await waiting.run();
    waiting.clock.advance(299);
    await waiting.run();
    await waiting.run();
    expect(waiting.told.map(({ type }) => type)).toEqual(['rollback.needed']);
    waiting.clock.advance(1);
    await waiting.run();
    await waiting.run();
    expect(waiting.told.map(({ type }) => type)).toEqual(['rollback.needed', 'rollback.escalated']);
    expect(waiting.told[1]?.body).toMatchObject({
      escalateTo: ['on-call'],
      reason: 'nobody has taken it back since 2026-11-20T10:00:00.000Z',
    });
    waiting.clock.advance(3 * 300);
    await waiting.run();
    expect(waiting.told).toHaveLength(3);
    expect(waiting.store.record).toMatchObject({ state: 'PROMOTION_FAILED', holdsSlot: true });
    expect(waiting.store.record.parked?.since).toEqual(moment);
  });

  it('says the same after it was cut off anywhere', async () => {
    const waiting = new Waiting();
    await waiting.run();
    const { eventSeq } = waiting.store.record;
    await waiting.run();
    expect(waiting.store.record.eventSeq).toBe(eventSeq);
  });
});
