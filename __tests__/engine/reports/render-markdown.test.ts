import fc from 'fast-check';
import { buildReport } from '../../../engine/reports/build-report.ts';
import { renderMarkdown, renderSummary } from '../../../engine/reports/render-markdown.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { ana, moment } from '../workflow/sample-promotion.ts';
import { toldError, ToldPromotion } from './told-promotion.ts';

const markdown = (more: Partial<PromotionRecord> = {}, told = new ToldPromotion(more)): string =>
  renderMarkdown(buildReport(told.facts));

describe('a report in Markdown', () => {
  it('says what was promoted where, by whom, and how each step went', () => {
    const told = new ToldPromotion({ state: 'TRIGGERING_DEPLOYMENT', reason: 'new checkout' });
    told.after(0, (draft) => {
      draft.startStep('deploy', engineActor);
    });
    told.after(3.14, (draft) => {
      draft.finishStep('deploy', engineActor, 'rolling', {}, {});
    });
    const text = markdown({}, told);
    expect(text).toContain('# shop v2: dev → staging');
    expect(text).toContain('- Reason: new checkout');
    expect(text).toContain('- api: staging/api@sha256:');
    expect(text).toContain('| deploy | done | 1 | 3.1 s |  | rolling |');
    expect(text).toContain('| back-up | pending | 0 |  |  |  |');
    expect(text).toContain('| promotion-process | deploy: rolling |');
  });

  it('calls steps and announcements as the command line does', () => {
    const told = new ToldPromotion({ state: 'VALIDATING_CONDITIONS' });
    told.after(0, (draft) => {
      draft.startStep('validate-conditions', engineActor);
    });
    told.after(1, (draft) => {
      draft.finishStep('validate-conditions', engineActor, 'promotion.finished', {}, {});
    });
    const text = markdown({}, told);
    expect(text).toContain('| conditions | done |');
    expect(text).toContain('conditions: promotion finished');
    expect(text).not.toMatch(/validate-conditions|await-approval|promotion\.finished/);
  });

  const taken = { trigger: 'manual', reason: 'slow', requestedBy: 'ana', at: moment, acceptsDataLoss: false } as const;
  const failure = { step: 'deploy', error: toldError({ message: 'no' }), requirementsNotMet: false };

  it.each([
    ['promoted', { state: 'COMPLETED_SUCCESSFULLY' }],
    ['failed', { state: 'FAILED', failure }],
    ['rolled back', { state: 'ROLLED_BACK', rollback: taken }],
    ['rolled back', { state: 'ROLLED_BACK', rollback: taken, failure }],
    ['checked; a dry run changes nothing', { state: 'COMPLETED_SUCCESSFULLY', isDryRun: true }],
    ['rejected', { state: 'REJECTED' }],
    ['expired while waiting for approval', { state: 'EXPIRED' }],
    ['cancelled', { state: 'CANCELLED', rollback: { ...taken, trigger: 'cancel' } }],
    ['superseded by a newer release', { state: 'SUPERSEDED' }],
    ['rolling back failed: a person is needed', { state: 'ROLLBACK_FAILED', rollback: taken }],
    ['contract migrations ran', { state: 'COMPLETED_SUCCESSFULLY', kind: 'contract', contractOf: 'pr-1' }],
  ] as const)('says the outcome in words: %s', (words, more) => {
    const text = markdown(more);
    expect(text).toContain(`\n- Outcome: ${words}\n`);
    expect(text).not.toMatch(/COMPLETED_SUCCESSFULLY|ROLLED_BACK|GENERATING_REPORTS/);
  });

  it('says why it failed, of which kind the error is, what to do, and how it was taken back', () => {
    const error = toldError({ message: 'exit code 1', category: 'DOCKER', severity: 'CRITICAL', remedy: 'Look.' });
    const text = markdown({
      failure: { step: 'deploy', error, requirementsNotMet: false },
      rollback: { ...taken, trigger: 'automatic', reason: 'deploy: exit code 1', confirmedBy: 'olga' },
    });
    expect(text).toContain('- Failed in deploy: exit code 1');
    expect(text).toContain('- Kind of error: DOCKER, CRITICAL, ECONNREFUSED');
    expect(text).toContain('- What to do: Look.');
    expect(text).toContain('- Rolled back (automatic): deploy: exit code 1');
    expect(text).toContain('- Taken back by hand, as olga says');
  });

  it('lists several failures one below the other, and keeps them apart in a cell', () => {
    const error = toldError({ message: 'tests: 1 of 80 failed\ncoverage: 69.9 % of 70 %' });
    const told = new ToldPromotion({ state: 'VALIDATING_CONDITIONS' });
    told.after(0, (draft) => {
      draft.startStep('validate-conditions', engineActor);
      draft.failStep('validate-conditions', engineActor, error);
      draft.fail('validate-conditions', engineActor, error, true);
    });
    const text = markdown({}, told);
    expect(text).toContain('- Failed in conditions:\n  - tests: 1 of 80 failed\n  - coverage: 69.9 % of 70 %\n- Kind');
    expect(text).toMatch(/^\| conditions \|.*tests: 1 of 80 failed; coverage: 69\.9 % of 70 % \|$/m);
  });

  it('counts errors by severity and category, and says of each what was tried', () => {
    const told = new ToldPromotion({ state: 'PROMOTION_RUNNING' });
    told.after(0, (draft, now) => {
      draft.startStep('back-up', engineActor);
      draft.retryStep('back-up', engineActor, toldError(), new Date(now.getTime() + 400));
    });
    const text = markdown({}, told);
    expect(text).toContain('CRITICAL 0 · HIGH 1 · MEDIUM 0 · LOW 0, by category NETWORK 1.');
    expect(text).toContain(
      '| back-up | 1 | NETWORK | HIGH | ECONNREFUSED: connect ECONNREFUSED | tried again after 0.4 s |',
    );
  });

  it('shows wherever somebody is named for whom another one spoke that it is unverified', () => {
    const spoken = { ...ana, id: 'ben', via: 'cli-as', spokenForBy: 'root' } as const;
    const told = new ToldPromotion({ state: 'PENDING_APPROVAL', requestedBy: spoken });
    told.after(0, (draft, at) => {
      draft.append('note', spoken, { text: 'looked at it' });
      const vote = { stage: 'SRE', decision: 'approved', planHash: 'p', comment: undefined, at } as const;
      draft.vote({ ...vote, actor: 'ben' }, spoken);
      draft.override({ kind: 'force', by: 'ben', reason: 'revenue', at: at.toISOString() }, spoken);
    });
    const text = markdown({}, told);
    for (const place of ['Asked for by: ben', 'force by ben', 'SRE: approved by ben', '- ben', '| ben']) {
      expect(text).toContain(`${place} (unverified, said by root)`);
    }
  });

  it('leaves out the timeline in a summary, and nothing else', () => {
    const told = new ToldPromotion();
    told.after(0, (draft) => {
      draft.append('note', ana, { text: 'restarted the cache' });
    });
    const report = buildReport(told.facts);
    expect(renderMarkdown(report)).toContain('## Timeline');
    expect(renderMarkdown(report).startsWith(renderSummary(report))).toBe(true);
    expect(renderSummary(report)).toContain('restarted the cache');
    expect(renderSummary(report)).not.toContain('## Timeline');
  });

  it('keeps its form whatever other people’s words are', () => {
    const form = (words: string): string => {
      const told = new ToldPromotion({ reason: `x${words}`, state: 'PROMOTION_RUNNING' });
      told.after(0, (draft) => {
        draft.append('note', ana, { text: `x${words}` });
        draft.startStep('back-up', engineActor);
        draft.finishStep('back-up', engineActor, `x${words}`, {}, {});
      });
      const lines = markdown({}, told).split('\n');
      return lines
        .map((line) => (line.startsWith('|') ? line.replaceAll(/\\[^]/g, '').match(/\|/g)?.length : ''))
        .join();
    };
    const usual = form('');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('|', '\\', '\n', '\r', '\u2028', ' ', 'a', '<') }), (words) => {
        expect(form(words)).toBe(usual);
      }),
    );
    expect(markdown({ reason: '<script>' })).not.toContain('<script');
  });
});
