import fc from 'fast-check';
import { renderReport } from '../../../engine/reports/render-report.ts';
import type { ErrorReport } from '../../../engine/workflow/error-report.ts';
import { moment, sampleDefinition, samplePromotion, sampleRelease, sampleStep } from '../workflow/sample-promotion.ts';

const nobody = { votes: [], checklist: [], notes: [], spokenFor: new Map<string, string>() };

const definition = sampleDefinition([
  sampleStep({ name: 'deploy', phase: 'deploy' }),
  sampleStep({ name: 'verify', phase: 'deploy' }),
]);
const error = (message: string): ErrorReport => ({
  category: 'UNKNOWN',
  severity: 'HIGH',
  isRetryable: false,
  message,
  code: undefined,
  remedy: 'Look.',
});

describe('a report', () => {
  it('says what was promoted where, by whom, and how each step went', () => {
    const promotion = samplePromotion(definition, { state: 'GENERATING_REPORTS', reason: 'new checkout' });
    const [deploy, verify] = promotion.steps;
    if (deploy === undefined || verify === undefined) throw new Error('the sample has two steps');
    const finishedAt = new Date(moment.getTime() + 3140);
    const steps = [
      { ...deploy, status: 'done' as const, attempt: 1, startedAt: moment, finishedAt, summary: 'rolling' },
      verify,
    ];
    const text = renderReport({ ...promotion, steps }, sampleRelease, nobody);
    expect(text).toContain('# shop v2: dev → staging');
    expect(text).toContain('- Reason: new checkout');
    expect(text).toContain('- api: api@sha256:');
    expect(text).toContain('| deploy | done | 1 | 3.1 s | rolling |');
    expect(text).toContain('| verify | pending | 0 |  |  |');
  });

  const taken = { trigger: 'manual', reason: 'slow', requestedBy: 'ana', at: moment, acceptsDataLoss: false } as const;
  const failure = { step: 'deploy', error: error('no'), requirementsNotMet: false };

  it.each([
    ['promoted', { state: 'GENERATING_REPORTS' }],
    ['failed', { state: 'GENERATING_REPORTS', failure }],
    ['rolled back', { state: 'ROLLING_BACK', rollback: taken }],
    ['rolled back', { state: 'ROLLING_BACK', rollback: taken, failure }],
    ['checked; a dry run changes nothing', { state: 'GENERATING_REPORTS', isDryRun: true }],
    ['rejected', { state: 'REJECTED' }],
    ['expired while waiting for approval', { state: 'EXPIRED' }],
    ['cancelled', { state: 'CANCELLED', rollback: taken }],
    ['rolling back failed: a person is needed', { state: 'ROLLBACK_FAILED', rollback: taken }],
  ] as const)('says the outcome that will stand, not what happens while it is written: %s', (words, more) => {
    const text = renderReport(samplePromotion(definition, more), sampleRelease, nobody);
    expect(text).toContain(`\n- Outcome: ${words}\n`);
    expect(text).not.toMatch(/GENERATING_REPORTS|ROLLING_BACK|writing the report/);
  });

  it('leaves out the steps that write it, and a rollback that nobody needed', () => {
    const steps = ['deploy', 'verify-rollback', 'report', 'notify'];
    const phases = ['deploy', 'restoration', 'report', 'notify'] as const;
    const whole = sampleDefinition(steps.map((name, at) => sampleStep({ name, phase: phases[at] ?? 'deploy' })));
    const rows = (promotion: ReturnType<typeof samplePromotion>) =>
      renderReport(promotion, sampleRelease, nobody)
        .split('\n')
        .flatMap((line) => /^\| ([a-z]+(?:-[a-z]+)*) \| (?!status)/.exec(line)?.[1] ?? []);
    expect(rows(samplePromotion(whole))).toEqual(['deploy']);
    const done = samplePromotion(whole);
    const verified = done.steps.map((step) => ({ ...step, status: 'done' as const }));
    expect(rows({ ...done, steps: verified })).toEqual(['deploy', 'verify-rollback']);
  });

  it('says why it failed and how it was taken back', () => {
    const promotion = samplePromotion(definition, {
      failure: { step: 'deploy', error: error('exit code 1'), requirementsNotMet: false },
      rollback: {
        trigger: 'automatic',
        reason: 'deploy: exit code 1',
        requestedBy: 'engine',
        at: moment,
        acceptsDataLoss: false,
      },
    });
    const text = renderReport(promotion, sampleRelease, nobody);
    expect(text).toContain('- Failed in deploy: exit code 1');
    expect(text).toContain('- Rolled back (automatic): deploy: exit code 1');
  });

  it('keeps its form whatever other people’s words are', () => {
    const lines = renderReport(samplePromotion(definition, { reason: 'x' }), sampleRelease, nobody).split('\n').length;
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('|', '\\', '\n', '\r', '\u2028', ' ', 'a') }), (words) => {
        const promotion = samplePromotion(definition, { reason: `x${words}` });
        const steps = promotion.steps.map((step) => ({ ...step, summary: words }));
        const text = renderReport({ ...promotion, steps }, sampleRelease, nobody);
        expect(text.split('\n')).toHaveLength(lines);
        for (const row of text.split('\n').filter((line) => line.startsWith('| '))) {
          expect(row.replaceAll(/\\[^]/g, '').match(/\|/g)).toHaveLength(6);
        }
      }),
    );
  });
});
