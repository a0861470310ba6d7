import { failuresByGate } from '../../../../cloudrun-ui/web/src/pages/metrics/failures-by-gate.ts';

describe('what promotions fail for before they move', () => {
  it('is told gate by gate, the most frequent first, with where', () => {
    const place = { application: 'shop', environment: 'qa' };
    expect(
      failuresByGate([
        { ...place, gate: 'tests', count: 2 },
        { ...place, gate: 'coverage', count: 1 },
        { ...place, application: 'bank', gate: 'coverage', count: 4 },
      ]),
    ).toEqual([
      { gate: 'coverage', count: 5, places: 'bank → qa 4 times, shop → qa 1 time' },
      { gate: 'tests', count: 2, places: 'shop → qa 2 times' },
    ]);
  });
});
