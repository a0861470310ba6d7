import { trendData } from '../../../../cloudrun-ui/web/src/pages/metrics/trend-data.ts';
import { toldText } from '../../../../cloudrun-ui/web/src/pages/metrics/told-text.ts';
import { bucketText } from '../../../../cloudrun-ui/web/src/pages/metrics/bucket-text.ts';
import { trendViews } from '../../../../cloudrun-ui/web/src/pages/metrics/trend-views.ts';
import type { TrendPoint } from '../../../../cloudrun-ui/web/src/pages/metrics/metrics-query.ts';

const point = (more: Partial<TrendPoint>): TrendPoint => ({
  at: '2026-11-27T00:00:00.000Z',
  attempts: 0,
  succeeded: 0,
  failed: 0,
  rolledBack: 0,
  takenBackLater: 0,
  validationFailures: 0,
  movingSeconds: null,
  leadTimeSeconds: null,
  restoreSeconds: null,
  ...more,
});
const day = Date.UTC(2026, 10, 27) / 1000;

describe('a trend as it is drawn', () => {
  it('has counts upon one another, each promotion once', () => {
    const points = [point({ attempts: 9, succeeded: 6, failed: 2, rolledBack: 1, takenBackLater: 1 }), point({})];
    expect(trendData(trendViews.promotions, points)).toEqual([
      [day, day],
      [9, 0],
      [4, 0],
      [2, 0],
    ]);
  });

  it('has times by themselves, and a gap where nobody can know one', () => {
    expect(trendData(trendViews.restore, [point({ restoreSeconds: 41 }), point({})])).toEqual([
      [day, day],
      [41, null],
    ]);
  });

  it('has no success rate where nothing came to a verdict', () => {
    const points = [point({ succeeded: 3, rolledBack: 1, takenBackLater: 1 }), point({})];
    expect(trendData(trendViews.success, points)[1]).toEqual([50, null]);
  });

  it('is told in words, part by part, in UTC', () => {
    expect(bucketText('2026-11-27T00:00:00.000Z', 'day')).toMatch(/^Fri,? 27 Nov$/);
    expect(bucketText('2026-11-23T00:00:00.000Z', 'week')).toBe('week of 23 Nov 2026');
    expect(bucketText('2026-11-27T14:00:00.000Z', 'hour')).toBe('27 Nov, 14:00');
    expect([toldText(null, 'count'), toldText(7, 'count'), toldText(90, 'seconds')]).toEqual(['–', '7', '2 min']);
  });
});
