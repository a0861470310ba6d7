import type { ChangeGroup } from '../../../../cloudrun-ui/web/src/pages/changed/changed-query.ts';
import { canRollBack, outcomeOf } from '../../../../cloudrun-ui/web/src/pages/changed/group-outcome.ts';

type Change = ChangeGroup['changes'][number];
const at = '2026-11-27T09:00:00.000Z';
const change = (before: string | null, after: string | null, kind: Change['kind'] = 'release'): Change => ({
  at,
  kind,
  subject: kind,
  before,
  after,
});
const origin: NonNullable<ChangeGroup['promotion']> = {
  id: 'pr-1',
  release: 'v2',
  kind: 'promote',
  requestedBy: 'ana',
  onBehalfOf: null,
  reason: null,
  approvedBy: [],
  spokenFor: {},
  takenBack: null,
};
const group = (promotion: Partial<typeof origin> | null, ...changes: readonly Change[]): ChangeGroup => ({
  at,
  application: 'shop',
  environment: 'production',
  changedBy: 'ana',
  saidBy: null,
  promotion: promotion === null ? null : { ...origin, ...promotion },
  changes: [...changes],
});
const moved = change('v1', 'v2');

describe('what came of a promotion that changed something', () => {
  it.each([
    [group({}, moved), 'promoted', 'v2'],
    [group({ takenBack: 'later' }, moved), 'rolled-back', 'v2, taken back since'],
    [group({ takenBack: 'by-itself' }, moved), 'rolled-back', 'v2, took itself back'],
    [group({}, moved, change('v2', 'v1')), 'rolled-back', 'v2, took itself back'],
    [group({ kind: 'rollback', release: 'v2' }, change('v2', 'v1')), 'rolled-back', 'back to v1'],
    [group({}, change(null, 'the sale', 'override')), 'ended', 'v2: nothing has changed'],
    [group(null, change(null, 'v1')), 'ended', 'recorded without a promotion'],
  ] as const)('is one mark: %#', (told, kind, words) => {
    expect(outcomeOf(told)).toEqual({ kind, words });
  });

  it('can be rolled back where it brought what runs there now, and nowhere else', () => {
    expect(canRollBack(group({}, moved), 'pr-1')).toBe(true);
    const again = group({}, change(null, 'the sale', 'override'));
    expect(canRollBack(again, 'pr-1')).toBe(true);
    expect(canRollBack(group({}, moved), 'pr-2')).toBe(false);
    expect(canRollBack(group({}, moved), undefined)).toBe(false);
    expect(canRollBack(group({ takenBack: 'by-itself' }, moved), 'pr-1')).toBe(false);
    expect(canRollBack(group({ kind: 'rollback' }, moved), 'pr-1')).toBe(false);
    expect(canRollBack(group(null, moved), null)).toBe(false);
  });
});
