import type {
  Closure,
  ComingFreeze,
  EnvironmentState,
  MatrixPage,
  MatrixRow,
  PromotionSummary,
} from '../../../../cloudrun-ui/web/src/api/queries.ts';

export const stateOf = (application: string, environment: string): EnvironmentState => ({
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

export const moving = (id: string, application: string, to: string) => ({ id, application, to }) as PromotionSummary;

export const hold = (application: string, environment: string): Closure => ({
  kind: 'hold',
  application,
  environment,
  name: null,
  reason: 'the audit',
  until: null,
  by: 'ana',
});

export const freezeAhead = (application: string, environment: string): ComingFreeze => ({
  application,
  environment,
  name: null,
  reason: 'the sale',
  from: '2030-02-01T00:00:00.000Z',
  until: null,
  by: 'ana',
});

interface PageParts {
  readonly running?: readonly PromotionSummary[];
  readonly closures?: readonly Closure[];
  readonly freezesAhead?: readonly ComingFreeze[];
  /** Of every row. */
  readonly waitsForYou?: MatrixRow['waitsForYou'];
  readonly next?: string;
}

export const matrixPage = (
  applications: readonly string[],
  { running = [], closures = [], freezesAhead = [], waitsForYou = [], next }: PageParts = {},
): MatrixPage => ({
  at: '2030-01-01T00:00:00.000Z',
  environments: ['dev', 'prod'],
  items: applications.map((application) => ({
    application,
    environments: [stateOf(application, 'dev'), stateOf(application, 'prod')],
    running: running.filter((each) => each.application === application),
    waitsForYou,
  })),
  closures: [...closures],
  freezesAhead: [...freezesAhead],
  next: next ?? null,
});
