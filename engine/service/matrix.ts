import type { ApplicationRow, EnvironmentStanding, PromotionSummary, RowsQuery } from '../store/overview-store.ts';
import { isInSight, type Sight } from '../store/sight.ts';
import type { Actor } from '../workflow/actor.ts';
import { askedOf, type Asks } from './asked-of.ts';
import { alongPaths, ruledEnvironments } from './read-promotions.ts';
import { refuseUnprintable } from './refuse-unprintable.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';
import { unshared } from './sharing.ts';
import { closuresInSight, freezesAhead, type ComingFreeze, type StandingClosure } from './standing-closures.ts';

export interface MatrixRequest {
  /** Only applications with this in their names. */
  readonly search?: string | undefined;
  /** Only those behind this one, by name. Default: from the beginning. */
  readonly after?: string | undefined;
  /** Only these applications, as far as there are such. Default: every one. */
  readonly among?: readonly string[] | undefined;
  readonly limit: number;
}

/** Something of an application that waits for whoever asks. */
export interface WaitsForYou {
  readonly promotionId: string;
  readonly environment: string;
  readonly asks: Asks;
  /** Of an approval: the stage in which it would count. */
  readonly stage: string | undefined;
}

/** An application with what runs in each of its environments. */
export interface MatrixRow {
  readonly application: string;
  readonly environments: readonly EnvironmentStanding[];
  /** Promotions that have not ended, newest first. */
  readonly running: readonly PromotionSummary[];
}

/** What runs where, a row for each application, by their names: the same for all who may see the same. */
export interface MatrixPage {
  readonly at: Date;
  /** Every environment that the rules name, along their paths, then others that something runs in. */
  readonly environments: readonly string[];
  readonly rows: readonly MatrixRow[];
  /** What is closed now for these applications. */
  readonly closures: readonly StandingClosure[];
  /** Freezes of these applications that begin soon, by their beginning. */
  readonly freezesAhead: readonly ComingFreeze[];
  /** The application behind which the next page begins; undefined: there is none. */
  readonly next: string | undefined;
  /** What waits for people: an approval, a tick, or whoever mends a rollback. */
  readonly waiting: readonly PromotionSummary[];
}

/** What runs where, and what of it waits for whoever asks. */
export interface Matrix {
  readonly page: MatrixPage;
  /** By application. */
  readonly waitsForYou: ReadonlyMap<string, readonly WaitsForYou[]>;
}

/** More promotions on their way than these are not told of one page. */
const mostRunning = 1000;

/** As far as whoever asks may see it. */
export async function readMatrix(
  context: ServiceContext,
  actor: Actor,
  request: MatrixRequest,
  sharing = unshared,
): Promise<Matrix> {
  const { search = '', after = '', among, limit } = request;
  for (const text of [search, after, ...(among ?? [])]) refuseUnprintable('application', text);
  const sight = await requireToLook(context, actor, { application: '*', environment: '*' });
  const query = { search, after, among, limit, sight };
  const page = await sharing.of(`matrix ${JSON.stringify(query)}`, () => readPage(context, query));
  return { page, waitsForYou: await waitsFor(context, actor, page.waiting) };
}

async function readPage(context: ServiceContext, query: RowsQuery): Promise<MatrixPage> {
  const { store, clock } = context;
  const { limit, sight } = query;
  const [found, closures, coming, ruled] = await Promise.all([
    store.overview.rows({ ...query, limit: limit + 1 }),
    closuresInSight(context, undefined, sight),
    freezesAhead(context, sight),
    ruledEnvironments(context),
  ]);
  const rows = found.slice(0, limit);
  const applications = rows.map(({ application }) => application);
  const seen = sight === undefined ? {} : { sight };
  const running =
    applications.length === 0
      ? []
      : await store.overview.summaries({ applications, isActive: true, limit: mostRunning, ...seen });
  const stuck = stuckAmong(rows, running);
  const environments = columnsOf(rows, ruled, sight);
  const moving = Map.groupBy(running, ({ application }) => application);
  const concerns = ({ application }: { readonly application: string }): boolean =>
    application === '*' || applications.includes(application);
  return {
    at: clock.now(),
    environments,
    rows: rows.map(({ application, environments: states }) => ({
      application,
      environments: alongPaths(states, environments),
      running: moving.get(application) ?? [],
    })),
    closures: closures.filter(concerns),
    freezesAhead: coming.filter(concerns),
    next: found.length > limit ? applications.at(-1) : undefined,
    waiting: [
      ...(stuck.length === 0 ? [] : await store.overview.summaries({ ids: stuck, limit: stuck.length })),
      ...running.filter(({ parked }) => parked?.reason === 'approval' || parked?.reason === 'checklist'),
    ],
  };
}

/** What has ended and holds its slot still could not be taken back. */
function stuckAmong(rows: readonly ApplicationRow[], running: readonly PromotionSummary[]): readonly string[] {
  const known = new Set(running.map(({ id }) => id));
  return rows.flatMap(({ environments }) =>
    environments.flatMap(({ slotHeldBy: id }) => (id === undefined || known.has(id) ? [] : [id])),
  );
}

function columnsOf(rows: readonly ApplicationRow[], ruled: readonly string[], sight: Sight): readonly string[] {
  const named = new Set(rows.flatMap(({ environments }) => environments.map(({ name }) => name)));
  return [...new Set([...ruled.filter((name) => isInSight(sight, '*', name)), ...named])];
}

async function waitsFor(
  { store, authorizer }: ServiceContext,
  actor: Actor,
  waiting: readonly PromotionSummary[],
): Promise<Matrix['waitsForYou']> {
  if (waiting.length === 0) return new Map();
  const asking = await askedOf(store, actor, await authorizer.bindingsOf(actor), waiting);
  const told = Map.groupBy(asking, ({ promotion }) => promotion.application);
  return new Map(
    [...told].map(([application, own]) => [
      application,
      own.map(({ promotion, asks, stage }) => ({
        promotionId: promotion.id,
        environment: promotion.toEnvironment,
        asks,
        stage,
      })),
    ]),
  );
}
