import { buildReport } from '../../../engine/reports/build-report.ts';
import { complianceRecord } from '../../../engine/reports/compliance-record.ts';
import { ComplianceSummary } from '../../../engine/reports/compliance-summary.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { ana } from '../workflow/sample-promotion.ts';
import { toldDefinition, toldError, ToldPromotion } from './told-promotion.ts';

function told(): ToldPromotion {
  const definition = {
    ...toldDefinition,
    approvalStages: [{ name: 'SRE', roles: ['sre'], people: [], minimumApprovals: 1, timeoutSeconds: 3600 }],
  };
  const promotion = new ToldPromotion({ state: 'VALIDATING_CONDITIONS', planHash: 'p', definition });
  promotion.after(0, (draft) => {
    draft.startStep('validate-conditions', engineActor);
  });
  promotion.after(2, (draft, at) => {
    const gates = [{ gate: 'coverage', verdict: 'fail', detail: '70 % < 80 %', evidence: [], forcedBy: 'olga' }];
    draft.override({ kind: 'force', by: 'olga', reason: 'revenue', at: at.toISOString() }, { ...ana, id: 'olga' });
    draft.finishStep('validate-conditions', engineActor, 'overruled', { gates }, {});
    const vote = { stage: 'SRE', actor: 'ben', decision: 'approved', planHash: 'p', comment: 'ok', at } as const;
    draft.vote(vote, { ...ana, id: 'ben' });
  });
  promotion.after(1, (draft) => {
    draft.startStep('back-up', engineActor);
    draft.failStep('back-up', engineActor, toldError({ category: 'TIMEOUT', severity: 'CRITICAL' }));
  });
  return promotion;
}

describe('the record that an auditor gets of a promotion', () => {
  it('has the six groups of the image guide', () => {
    const record = complianceRecord(buildReport(told().facts));
    expect(record.workflowMetadata).toMatchObject({
      runId: 'pr-0000000001',
      actor: ana.id,
      application: 'shop',
      release: 'v2',
      from: 'dev',
      to: 'staging',
      outcome: 'VALIDATING_CONDITIONS',
      requestedAt: '2026-11-20T10:00:00.000Z',
    });
    expect(record.imageInformation).toMatchObject([
      { service: 'api', digest: expect.stringMatching(/^sha256:/) as string, source: { repository: 'dev/api' } },
    ]);
    expect(record.validationResults.checks).toMatchObject([{ check: 'coverage', verdict: 'fail', forcedBy: 'olga' }]);
    expect(record.approvalRecords).toMatchObject({
      stages: [{ name: 'SRE', minimumApprovals: 1 }],
      votes: [{ by: 'ben', comment: 'ok', at: '2026-11-20T10:00:02.000Z' }],
      setAside: [{ kind: 'force', by: 'olga', reason: 'revenue' }],
    });
    expect(record.errorDetails).toMatchObject({
      bySeverity: { CRITICAL: 1 },
      byCategory: { TIMEOUT: 1 },
      errors: [{ step: 'back-up', then: 'gave up', remedy: 'Start the service.' }],
    });
    expect(record.performanceMetrics.steps).toContainEqual({
      name: 'validate-conditions',
      attempts: 1,
      tookMs: 2000,
      waitedMs: 0,
    });
  });

  it('is counted with others by outcome, approver, rule set aside, failed check and error', () => {
    const summary = new ComplianceSummary();
    const record = complianceRecord(buildReport(told().facts));
    summary.add(record);
    summary.add({
      ...record,
      workflowMetadata: { ...record.workflowMetadata, outcome: 'FAILED', application: 'blog' },
    });
    const unasked = { ...record.approvalRecords, votes: [] };
    const succeeded = { ...record.workflowMetadata, outcome: 'COMPLETED_SUCCESSFULLY' };
    summary.add({ ...record, approvalRecords: unasked, workflowMetadata: succeeded });
    expect(summary.told()).toMatchObject({
      promotions: 3,
      byOutcome: { VALIDATING_CONDITIONS: 1, FAILED: 1, COMPLETED_SUCCESSFULLY: 1 },
      byApplication: { shop: 2, blog: 1 },
      approvals: { ben: 2 },
      succeededWithoutApproval: 1,
      overrides: { force: 3 },
      failedChecks: { coverage: 3 },
      errorsBySeverity: { CRITICAL: 3, HIGH: 0, MEDIUM: 0, LOW: 0 },
    });
  });
});
