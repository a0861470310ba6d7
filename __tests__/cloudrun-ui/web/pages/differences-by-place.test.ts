import type { StateAt } from '../../../../cloudrun-ui/web/src/pages/changed/changed-query.ts';
import { differencesByPlace } from '../../../../cloudrun-ui/web/src/pages/changed/differences-by-place.ts';

type Difference = StateAt['differences'][number];
const origin: NonNullable<Difference['promotion']> = {
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
const difference = (more: Partial<Difference>): Difference => ({
  application: 'shop',
  environment: 'production',
  kind: 'release',
  subject: 'shop',
  then: 'v1',
  isThenKnown: true,
  now: 'v2',
  changedAt: '2026-11-27T09:00:00.000Z',
  promotion: origin,
  ...more,
});

describe('what was not as it is now', () => {
  it('is told place by place, with the promotions that changed it since, each once', () => {
    const told = differencesByPlace([
      difference({}),
      difference({ environment: 'staging', promotion: null }),
      difference({ kind: 'flag', subject: 'gift-notes', then: null, now: 'on' }),
    ]);
    expect(told).toEqual([
      {
        application: 'shop',
        environment: 'production',
        changes: [
          { setting: 'release', before: 'v1', after: 'v2' },
          { setting: 'flag gift-notes', before: null, after: 'on' },
        ],
        promotions: [origin],
      },
      {
        application: 'shop',
        environment: 'staging',
        changes: [{ setting: 'release', before: 'v1', after: 'v2' }],
        promotions: [],
      },
    ]);
  });

  it('does not say what was there before anything was recorded', () => {
    const [place] = differencesByPlace([difference({ kind: 'image', subject: 'api', isThenKnown: false })]);
    expect(place?.changes).toEqual([{ setting: 'image api', before: undefined, after: 'v2' }]);
  });
});
