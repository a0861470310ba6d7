import fc from 'fast-check';
import { buildReport } from '../../../engine/reports/build-report.ts';
import { renderHtml } from '../../../engine/reports/render-html.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { ana } from '../workflow/sample-promotion.ts';
import { toldError, ToldPromotion } from './told-promotion.ts';

function page(words: string): string {
  const told = new ToldPromotion({ reason: words, state: 'PROMOTION_RUNNING', application: words });
  told.after(0, (draft) => {
    draft.append('note', { ...ana, id: words }, { text: words });
    draft.startStep('back-up', engineActor);
    draft.failStep('back-up', engineActor, toldError({ message: words }));
  });
  return renderHtml(buildReport(told.facts));
}

describe('a report in HTML', () => {
  it('is one file that needs nothing else, and lets nothing else in', () => {
    const text = page('words');
    expect(text).toMatch(/^<!doctype html>/);
    expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(text).not.toMatch(/src=|href=|<script|url\(/);
    expect(text).toContain('<h1>words v2: dev → staging</h1>');
    expect(text).toContain('<td>NETWORK</td><td>HIGH</td><td>words</td><td>gave up</td>');
  });

  it('writes other people’s words out, whatever they are', () => {
    const tags = (text: string): readonly string[] => text.match(/<[^>]*>/g) ?? [];
    const usual = tags(page('x'));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '/', ' ') }), (words) => {
        expect(tags(page(`x${words}`))).toEqual(usual);
      }),
    );
    expect(page('<script>alert(1)</script>')).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });
});
