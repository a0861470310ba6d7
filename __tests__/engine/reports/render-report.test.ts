import fc from 'fast-check';
import { renderReport } from '../../../engine/reports/render-report.ts';
import type { ErrorReport } from '../../../engine/workflow/error-report.ts';
import { moment, sampleDefinition, samplePromotion, sampleRelease, sampleStep } from '../workflow/sample-promotion.ts';

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
    const text = renderReport({ ...promotion, steps }, sampleRelease);
    expect(text).toContain('# shop v2: dev → staging');
    expect(text).toContain('- Reason: new checkout');
    expect(text).toContain('- api: api@sha256:');
    expect(text).toContain('| deploy | done | 1 | 3.1 s | rolling |');
    expect(text).toContain('| verify | pending | 0 |  |  |');
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
    const text = renderReport(promotion, sampleRelease);
    expect(text).toContain('- Failed in deploy: exit code 1');
    expect(text).toContain('- Rolled back (automatic): deploy: exit code 1');
  });

  it('keeps its form whatever other people’s words are', () => {
    const lines = renderReport(samplePromotion(definition, { reason: 'x' }), sampleRelease).split('\n').length;
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('|', '\\', '\n', '\r', '\u2028', ' ', 'a') }), (words) => {
        const promotion = samplePromotion(definition, { reason: `x${words}` });
        const steps = promotion.steps.map((step) => ({ ...step, summary: words }));
        const text = renderReport({ ...promotion, steps }, sampleRelease);
        expect(text.split('\n')).toHaveLength(lines);
        for (const row of text.split('\n').filter((line) => line.startsWith('| '))) {
          expect(row.replaceAll(/\\[^]/g, '').match(/\|/g)).toHaveLength(6);
        }
      }),
    );
  });
});
