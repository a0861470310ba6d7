import { toMatrix } from '../../../../cloudrun-ui/web/src/pages/home/matrix.ts';
import type {
  Closure,
  EnvironmentState,
  MatrixPage,
  PromotionSummary,
} from '../../../../cloudrun-ui/web/src/api/queries.ts';

const state = (application: string, environment: string): EnvironmentState => ({
  application,
  environment,
  release: 'v1',
  isBad: false,
  deployedAt: '2030-01-01T00:00:00.000Z',
  verifiedAt: '2030-01-01T00:00:00.000Z',
  promotionId: null,
  isHotfix: false,
  slotHeldBy: null,
  undoWindowUntil: null,
  autoPromotionPausedAt: null,
  observed: null,
});
const moving = (id: string, application: string, to: string) => ({ id, application, to }) as PromotionSummary;
const hold = (application: string, environment: string): Closure => ({
  kind: 'hold',
  application,
  environment,
  name: null,
  reason: 'the audit',
  until: null,
  by: 'ana',
});
const page = (
  applications: readonly string[],
  { running = [], closures = [] }: { readonly running?: PromotionSummary[]; readonly closures?: Closure[] } = {},
): MatrixPage => ({
  at: '2030-01-01T00:00:00.000Z',
  environments: ['dev', 'prod'],
  items: applications.map((application) => ({
    application,
    environments: [state(application, 'dev'), state(application, 'prod')],
    running: running.filter((each) => each.application === application),
    waitsForYou: [],
  })),
  closures,
  freezesAhead: [],
  next: null,
});

describe('the matrix of applications and environments', () => {
  it('has a row for each application of every page and a column for each environment, in the order in which they come', () => {
    const { environments, rows } = toMatrix([page(['cart']), page(['shop'])]);
    expect(environments).toEqual(['dev', 'prod']);
    expect(rows.map(({ application }) => application)).toEqual(['cart', 'shop']);
    expect([...(rows[0]?.cells.keys() ?? [])]).toEqual(['dev', 'prod']);
  });

  it('shows the newest of what moves into an environment, and nothing of what moves elsewhere', () => {
    const running = [moving('pr-2', 'shop', 'prod'), moving('pr-1', 'shop', 'prod')];
    const { rows } = toMatrix([page(['cart', 'shop'], { running })]);
    expect(rows.map(({ cells }) => cells.get('prod')?.moving?.id)).toEqual([undefined, 'pr-2']);
    expect(rows[1]?.cells.get('dev')?.moving).toBeUndefined();
  });

  it('shows what keeps an environment closed, said of it or of all', () => {
    const { rows } = toMatrix([page(['cart', 'shop'], { closures: [hold('*', 'prod'), hold('cart', 'dev')] })]);
    const closed = rows.map(({ cells }) => [...cells.values()].map(({ closure }) => closure !== undefined));
    expect(closed).toEqual([
      [true, true],
      [false, true],
    ]);
  });
});
