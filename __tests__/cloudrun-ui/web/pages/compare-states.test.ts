import type { EnvironmentState, MatrixPage } from '../../../../cloudrun-ui/web/src/api/queries.ts';
import { compareStates } from '../../../../cloudrun-ui/web/src/pages/compare/compare-states.ts';

const state = (application: string, environment: string, release: string | null): EnvironmentState => ({
  application,
  environment,
  release,
  isBad: false,
  deployedAt: null,
  verifiedAt: null,
  promotionId: null,
  isHotfix: false,
  slotHeldBy: null,
  undoWindowUntil: null,
  autoPromotionPausedAt: null,
  observed: null,
});
const page = (...rows: readonly (readonly EnvironmentState[])[]): MatrixPage => ({
  at: '2026-11-27T09:00:00.000Z',
  environments: ['staging', 'production'],
  items: rows.map((environments) => ({
    application: environments[0]?.application ?? '',
    environments: [...environments],
    running: [],
    waitsForYou: [],
  })),
  closures: [],
  freezesAhead: [],
  next: null,
});

describe('two columns of the whole installation', () => {
  it('say of each application whether both sides run the same release', () => {
    const pages = [
      page([state('bank', 'staging', 'v2'), state('bank', 'production', 'v1')]),
      page(
        [state('shop', 'staging', 'v7'), state('shop', 'production', 'v7')],
        [state('empty', 'staging', null), state('empty', 'production', null)],
        [state('new', 'staging', 'v1')],
        [state('elsewhere', 'dev', 'v1')],
      ),
    ];
    expect(
      compareStates(pages, 'staging', 'production').map(({ application, isSame }) => [application, isSame]),
    ).toEqual([
      ['bank', false],
      ['shop', true],
      ['empty', true],
      ['new', false],
    ]);
  });
});
