import pc from 'picocolors';
import { promotionHeader } from '../../cli/render/promotion-header.ts';
import { stepLine } from '../../cli/render/step-line.ts';
import { doneStep, sampleView } from '../../scripts/sample-promotion.ts';

const paint = pc.createColors(false);

describe('the line of a step', () => {
  it('has its time in one column for summaries of usual length', () => {
    const columns = ['4 values changed in staging/values.yaml', '3 services healthy in 12 looks, slowest 12 ms'].map(
      (summary) => stepLine(doneStep('verify', 0, 1.4, summary), paint).indexOf('1.4 s'),
    );
    expect(new Set(columns).size).toBe(1);
  });

  it('keeps its time apart from a summary that is longer', () => {
    const line = stepLine(doneStep('verify', 0, 1.4, 'x'.repeat(60)), paint);
    expect(line).toMatch(/x {2}1\.4 s$/);
  });
});

describe('the head of what is followed', () => {
  it('reads as a sentence where there is no way from one place to another', () => {
    expect(promotionHeader(sampleView({ kind: 'rollback' }), paint)).toMatch(
      /^Taking back shop v2 in staging {2,}pr-7f3a$/,
    );
    expect(promotionHeader(sampleView(), paint)).toMatch(/^Promoting shop v2 {2}dev → staging {2,}pr-7f3a$/);
  });
});
