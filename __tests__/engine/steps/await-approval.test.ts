import { jest } from '@jest/globals';
import type { ApprovalStage } from '../../../engine/workflow/definition.ts';
import { ana, moment } from '../workflow/sample-promotion.ts';
import { StepWorkbench } from './step-workbench.ts';

jest.setTimeout(60_000);

let prepared: StepWorkbench;
let bench: StepWorkbench;
beforeAll(async () => {
  prepared = await StepWorkbench.open();
});
afterAll(async () => {
  await prepared.close();
});
beforeEach(async () => {
  bench = await prepared.fork();
});
afterEach(async () => {
  await bench.close();
});

const stage = (name: string, more: Partial<ApprovalStage> = {}): ApprovalStage => ({
  name,
  roles: ['approver'],
  people: [],
  minimumApprovals: 1,
  timeoutSeconds: 3600,
  ...more,
});
function change(more: Partial<StepWorkbench['promotion']['definition']>): void {
  bench.promotion = { ...bench.promotion, definition: { ...bench.promotion.definition, ...more } };
}
/** Somebody changes the target's flags by hand. */
async function driftFlags(): Promise<void> {
  const { revision } = await bench.ports.flags.read('staging', bench.effect('by hand').signal);
  await bench.ports.flags.write('staging', [], revision, bench.effect('by hand'));
}

describe('await-approval', () => {
  const vote = (name: string, actor: string, decision: 'approved' | 'rejected' = 'approved') => {
    bench.votes.push({
      stage: name,
      actor,
      decision,
      planHash: bench.promotion.planHash ?? '',
      comment: 'hm',
      at: moment,
    });
  };

  it('asks nobody where the path does not', async () => {
    expect(await bench.attempt('await-approval')).toMatchObject({ kind: 'done', summary: 'not required on this path' });
  });

  it('waits for each stage in its turn, with its own time', async () => {
    change({ approvalStages: [stage('SRE', { people: ['ben'] }), stage('QA', { timeoutSeconds: 60 })] });
    await bench.plan();
    const first = await bench.attempt('await-approval');
    expect(first).toMatchObject({
      kind: 'park',
      reason: 'approval',
      detail: '0 of 1 approval of stage SRE (ben, role approver)',
      until: new Date(moment.getTime() + 3_600_000),
    });
    vote('SRE', 'ben');
    bench.clock.advance(3000);
    const second = await bench.attempt('await-approval');
    expect(second).toMatchObject({ kind: 'park', until: new Date(moment.getTime() + 3_060_000) });
    vote('QA', 'cleo');
    expect(await bench.attempt('await-approval')).toMatchObject({ kind: 'done', summary: 'by ben, cleo' });
  });

  it('expires when a stage is not complete in time, and not one moment before', async () => {
    change({ approvalStages: [stage('SRE')] });
    await bench.plan();
    const checkpoint = { stage: 'SRE', since: moment.toISOString() };
    bench.promotion = {
      ...bench.promotion,
      steps: bench.promotion.steps.map((step) => (step.name === 'await-approval' ? { ...step, checkpoint } : step)),
    };
    bench.clock.advance(3599.999);
    expect((await bench.attempt('await-approval')).kind).toBe('park');
    bench.clock.advance(0.001);
    expect(await bench.attempt('await-approval')).toMatchObject({ kind: 'end', state: 'EXPIRED' });
  });

  it('ends when somebody refuses, with the reason', async () => {
    change({ approvalStages: [stage('SRE')] });
    await bench.plan();
    vote('SRE', 'ben', 'rejected');
    expect(await bench.attempt('await-approval')).toEqual({
      kind: 'end',
      state: 'REJECTED',
      reason: 'ben rejected it: hm',
    });
  });

  it('does not count whoever asked', async () => {
    change({ approvalStages: [stage('SRE')] });
    await bench.plan();
    vote('SRE', ana.id.toUpperCase());
    expect((await bench.attempt('await-approval')).kind).toBe('park');
  });

  describe('where the rules say that the gates suffice', () => {
    const health = {
      gate: 'health',
      config: { environment: 'target' },
      onMissing: 'fail',
      maxAgeSeconds: 300,
    } as const;
    const approvalRule = { samePersonMayFillStages: false, isAutomaticWhenGatesPass: true };
    const missing = {
      gate: 'coverage',
      config: { minimumPercent: 80 },
      onMissing: 'warn',
      maxAgeSeconds: undefined,
    } as const;

    it('asks nobody when every gate passed', async () => {
      change({ approvalStages: [stage('SRE')], approvalRule, gates: [health] });
      await bench.plan();
      expect(await bench.attempt('await-approval')).toMatchObject({
        kind: 'done',
        summary: 'not asked for: the gates suffice, 1 of 1 passed',
        output: { by: [], isAutomatic: true },
      });
    });

    it.each([
      ['one only warned', { gates: [health, missing] }],
      ['there is none', { gates: [] }],
      ['the rules no longer say so', { gates: [health], approvalRule: undefined }],
    ])('asks as ever when %s', async (_, more) => {
      change({
        approvalStages: [stage('SRE')],
        approvalRule,
        ...(more as Partial<StepWorkbench['promotion']['definition']>),
      });
      await bench.plan();
      expect((await bench.attempt('await-approval')).kind).toBe('park');
    });

    it('ends when somebody refused all the same', async () => {
      change({ approvalStages: [stage('SRE')], approvalRule, gates: [health] });
      await bench.plan();
      vote('SRE', 'ben', 'rejected');
      expect((await bench.attempt('await-approval')).kind).toBe('end');
    });
  });

  it('sends the promotion back when its target changed meanwhile', async () => {
    change({ approvalStages: [stage('SRE')] });
    await bench.plan();
    vote('SRE', 'ben');
    await driftFlags();
    expect((await bench.attempt('await-approval')).kind).toBe('send-back');
  });
});
