import { deliveryFigures } from '../../../../cloudrun-ui/web/src/pages/metrics/delivery-figures.ts';
import type { Statistics } from '../../../../cloudrun-ui/web/src/pages/metrics/metrics-query.ts';

const noOutcomes: Statistics['total']['outcomes'] = {
  succeeded: 0,
  failed: 0,
  'rolled-back': 0,
  'rollback-failed': 0,
  rejected: 0,
  expired: 0,
  cancelled: 0,
  superseded: 0,
};
const statistics = (outcomes: Partial<typeof noOutcomes>, more: Partial<Statistics['total']> = {}): Statistics => ({
  since: '2030-01-01T00:00:00.000Z',
  until: '2030-01-11T00:00:00.000Z',
  keptDays: null,
  total: {
    attempts: 1,
    running: 0,
    outcomes: { ...noOutcomes, ...outcomes },
    requirementsNotMet: 0,
    takenBackLater: 0,
    successRatio: null,
    durationSeconds: null,
    movingSeconds: null,
    leadTimeSeconds: null,
    ...more,
  },
  places: [],
  morePlaces: 0,
  validationFailures: [],
  restorations: { total: { needed: 0, open: 0, seconds: null }, places: [] },
});
const valueOf = (told: Statistics, name: string) => deliveryFigures(told).find((each) => each.name === name)?.value;

describe('the four figures of delivery', () => {
  it.each([
    [25, '2.5 a day'],
    [5, '3.5 a week'],
    [1, '1 in 10 d'],
    [0, '0 in 10 d'],
  ])('count %d deployments in ten days as %s', (succeeded, said) => {
    expect(valueOf(statistics({ succeeded }), 'Deployments')).toBe(said);
  });

  it('count what was taken back, at once or later, among what began to move', () => {
    const told = statistics({ succeeded: 7, 'rolled-back': 2, failed: 1, rejected: 90 }, { takenBackLater: 1 });
    expect(valueOf(told, 'Change failure rate')).toBe('30 %');
    expect(valueOf(statistics({ rejected: 3 }), 'Change failure rate')).toBe('–');
  });

  it('say nothing of times that nobody measured', () => {
    expect(valueOf(statistics({}), 'Lead time')).toBe('–');
    const told = statistics({}, { leadTimeSeconds: { mean: 7200, p95: 9000 } });
    expect(valueOf(told, 'Lead time')).toBe('2 h');
  });
});
