import {
  errorSeries,
  formatMs,
  formatPercent,
  responseSeries,
} from '../../../../cloudrun-ui/web/src/pages/promotion/canary-series.ts';

const side = (requests: number, failed: number, meanResponseTimeMs: number | null) => {
  return { requests, failed, meanResponseTimeMs };
};
const readings = [
  { at: '2030-01-01T00:00:00.000Z', percentage: 10, canary: side(0, 0, null), baseline: side(90, 0, 12) },
  { at: '2030-01-01T00:01:00.000Z', percentage: 10, canary: side(20, 1, 14.6), baseline: side(200, 1, 11) },
];

describe('what is drawn of a canary', () => {
  it('is how many requests of each side failed, and nothing where none came', () => {
    expect(errorSeries(readings)).toEqual({ at: [1893456000, 1893456060], canary: [null, 5], baseline: [0, 0.5] });
  });

  it('is how long each side took', () => {
    expect(responseSeries(readings)).toMatchObject({ canary: [null, 14.6], baseline: [12, 11] });
  });

  it('is written without rounding failures away', () => {
    expect([null, 0, 0.004, 0.05, 5, 12.34].map(formatPercent)).toEqual([
      '–',
      '0 %',
      '< 0.01 %',
      '0.05 %',
      '5 %',
      '12.3 %',
    ]);
    expect([null, 14.6].map(formatMs)).toEqual(['–', '15 ms']);
  });
});
